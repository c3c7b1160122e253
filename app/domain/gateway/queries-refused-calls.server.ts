// Refused calls of an app for whoever may see it, and of all apps for admins: newest first, a page at a time, by indexes.
// A developer sees none from before the app came to their organization.
import { and, eq, gte, type SQL, sql } from 'drizzle-orm'
import { type AppActor, visibleApps } from '~/domain/apps/visibility.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { named, namedOrNull } from '~db/columns'
import { keyset } from '~db/keyset'
import { apps, credentials, organizations, refusedCalls } from '~db/schema'
import { problemWords } from './problems'
import { keptForMs, type RefusedCallFilter } from './refused-call'

type List = RefusedCallFilter & { page: PageRequest }

export type ShownRefusal = ReturnType<typeof shown>

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

/** Throws NotFoundError for an app that the actor may not see. */
export async function getRefusedCalls(ctx: DomainContext<AppActor>, appId: Id<'app'>, list: List) {
  const { db, actor } = ctx
  const ofApp = and(
    eq(refusedCalls.appId, appId),
    actor.type === 'admin' ? undefined : eq(refusedCalls.organizationId, actor.organizationId),
    sql`exists (select 1 from apps where apps.id = ${appId} and ${visibleApps(actor)})`,
  )
  const [appRows, rows] = await db.batch([
    db
      .select({ id: apps.id, name: apps.name })
      .from(apps)
      .where(and(eq(apps.id, appId), visibleApps(actor)))
      .limit(1),
    rowsOf(ctx, list, ofApp),
  ])
  const [app] = appRows
  if (!app) throw new NotFoundError('app')
  return { app, ...pageOf(rows, list) }
}

/** Of all apps, also of deleted ones. */
export async function listRefusedCalls(
  ctx: DomainContext<AdminActor>,
  list: List,
): Promise<Page<ShownRefusal>> {
  return pageOf(await rowsOf(ctx, list, undefined), list)
}

function rowsOf({ db, now }: DomainContext, list: List, which: SQL | undefined) {
  const { after, order } = keyset(list.page, refusedCalls.at, refusedCalls.requestId)
  return db
    .select({
      requestId: refusedCalls.requestId,
      appId: refusedCalls.appId,
      at: refusedCalls.at,
      method: refusedCalls.method,
      path: refusedCalls.path,
      code: refusedCalls.code,
      detail: refusedCalls.detail,
      standsFor: refusedCalls.standsFor,
      credentialId: refusedCalls.credentialId,
      credentialName: namedOrNull(credentials.name, 'credential_name'),
      credentialHint: credentials.hint,
      appName: namedOrNull(apps.name, 'app_name'),
      organizationId: named(refusedCalls.organizationId, 'refused_organization_id'),
      organizationName: namedOrNull(organizations.name, 'organization_name'),
    })
    .from(refusedCalls)
    .leftJoin(credentials, eq(credentials.id, refusedCalls.credentialId))
    .leftJoin(apps, eq(apps.id, refusedCalls.appId))
    .leftJoin(organizations, eq(organizations.id, refusedCalls.organizationId))
    .where(
      and(
        which,
        list.code ? eq(refusedCalls.code, list.code) : undefined,
        list.requestId ? eq(refusedCalls.requestId, list.requestId) : undefined,
        gte(refusedCalls.at, now - keptForMs),
        after,
      ),
    )
    .orderBy(...order)
    .limit(list.page.size + 1)
}

function pageOf(rows: Row[], { page }: { page: PageRequest }): Page<ShownRefusal> {
  const { rows: some, ...ends } = toPage(rows, page, (row) => ({ key: row.at, id: row.requestId }))
  return { rows: some.map(shown), ...ends }
}

/** With what the caller was told: why, and what to do. */
function shown({ detail, ...row }: Row) {
  const words = problemWords(row.code)
  return { ...row, reason: words.title, advice: detail ?? words.detail }
}
