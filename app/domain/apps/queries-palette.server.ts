// What the command palette finds, in one trip: the catalog as the viewer sees it, and a developer's apps.
import { and, asc, sql } from 'drizzle-orm'
import { searchStatement } from '~/domain/catalog/queries-search.server'
import type { SearchHit } from '~/domain/catalog/search'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { apps } from '~db/schema'
import { visibleApps } from './visibility.server'

const maxHits = 24
const maxApps = 5

export type Found = { hits: SearchHit[]; apps: { id: Id<'app'>; name: string }[] }

export async function findEverything(ctx: DomainContext, text: string): Promise<Found> {
  const { db, actor } = ctx
  const mine =
    actor.type === 'developer'
      ? and(visibleApps(actor), sql`instr(${apps.nameKey}, lower(${text.trim()})) > 0`)
      : sql`0`
  const [hits, appRows] = await db.batch([
    searchStatement(ctx, text, maxHits),
    db
      .select({ id: apps.id, name: apps.name })
      .from(apps)
      .where(mine)
      .orderBy(asc(apps.nameKey), asc(apps.id))
      .limit(maxApps),
  ])
  return { hits, apps: appRows }
}
