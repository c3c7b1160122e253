// The credentials of an app as a list, newest first, with what they open. No secret is read.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { keyset } from '~db/keyset'
import { apps, credentials } from '~db/schema'
import { credentialStateAt } from './credential'

export type CredentialRow = Awaited<ReturnType<typeof rows>>[number]

/** Forward only. Throws NotFoundError for an app that does not exist. */
export async function listCredentials(
  ctx: DomainContext<AdminActor>,
  appId: Id<'app'>,
  page: PageRequest,
): Promise<Page<CredentialRow>> {
  const { after } = keyset(page, credentials.createdAt, credentials.id)
  const found = await rows(ctx, and(eq(credentials.appId, appId), after)).limit(page.size + 1)
  if (found.length === 0) await requireApp(ctx, appId)
  return toPage(stated(ctx, found), page, (row) => ({ key: row.createdAt, id: row.id }))
}

/** Throws NotFoundError. */
export async function getCredential(
  ctx: DomainContext<AdminActor>,
  appId: Id<'app'>,
  credentialId: Id<'crd'>,
): Promise<CredentialRow> {
  const found = await rows(ctx, and(eq(credentials.appId, appId), eq(credentials.id, credentialId)))
  const [row] = stated(ctx, found)
  if (!row) throw new NotFoundError(`credential ${credentialId}`)
  return row
}

async function requireApp(ctx: DomainContext<AdminActor>, appId: Id<'app'>): Promise<void> {
  const [app] = await ctx.db.select({ id: apps.id }).from(apps).where(eq(apps.id, appId))
  if (!app) throw new NotFoundError(`app ${appId}`)
}

/** What the clock has ended since is told so. */
function stated(ctx: DomainContext, found: CredentialRow[]): CredentialRow[] {
  return found.map((row) => ({ ...row, state: credentialStateAt(row, ctx.now) }))
}

function rows(ctx: DomainContext<AdminActor>, condition: ReturnType<typeof and>) {
  return ctx.db
    .select({
      id: credentials.id,
      name: credentials.name,
      type: credentials.type,
      state: credentials.state,
      hint: credentials.hint,
      replacesId: credentials.replacesId,
      expiresAt: credentials.expiresAt,
      retiresAt: credentials.retiresAt,
      lastUsedAt: credentials.lastUsedAt,
      createdAt: credentials.createdAt,
      requestIds: sql<
        Id<'req'>[]
      >`(select json_group_array(x.request_id) from credential_requests x where x.credential_id = credentials.id)`.mapWith(
        (value: string) => JSON.parse(value) as Id<'req'>[],
      ),
    })
    .from(credentials)
    .where(condition)
    .orderBy(sql`${credentials.createdAt} desc`, sql`${credentials.id} desc`)
    .$dynamic()
}
