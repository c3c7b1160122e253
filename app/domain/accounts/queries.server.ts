// What admins read about admins.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { users } from '~db/schema'
import { hasSecondFactor } from './factors.server'

/** Every admin, by name: there are few. */
export function listAdmins(ctx: DomainContext<AdminActor>) {
  return ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      state: users.state,
      lastLoginAt: users.lastLoginAt,
      hasSecondFactor: sql<boolean>`${hasSecondFactor}`.mapWith(Boolean),
    })
    .from(users)
    .where(eq(users.role, 'admin'))
    .orderBy(users.nameKey, users.id)
    .limit(500)
}

export type AdminRow = Awaited<ReturnType<typeof listAdmins>>[number]
