// Whoever decided about an organization last, joined to it: for what a late click is told.
import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { organizations, users } from '~db/schema'

export const decider = alias(users, 'decider')

export const deciderName = sql<string | null>`trim(${decider.firstName} || ' ' || ${decider.lastName})`

/** For `.leftJoin(decider, isDecider)`. */
export const isDecider = eq(decider.id, organizations.decidedById)
