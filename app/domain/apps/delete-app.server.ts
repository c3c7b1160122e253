// Deletes an app for good: its credentials stop at the gateway, what it asked for is withdrawn, and its access ends with it.
// Whose app holds working credentials types its name. The audit log and the counted calls stay.
import { and, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { recordEvent, recordEvents } from '~db/record-event'
import { apps, credentials, events } from '~db/schema'
import type { DeleteAppInput } from './app'
import { findAppDeletion, workingKeys } from './queries-deletion.server'
import { type AppActor, visibleApps } from './visibility.server'

const noSuchApp = domainError('not_found', 'There is no such app (any more).')

export async function deleteApp(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  input: DeleteAppInput,
): Promise<Result<{ name: string }>> {
  const app = await findAppDeletion(ctx, appId)
  if (!app) return fail(noSuchApp)
  const isTyped = nameKey(input.confirmation) === nameKey(app.name)
  if (app.keys > 0 && !isTyped) {
    return fail(fieldError('confirmation', `Type “${app.name}”, the name of the app.`))
  }
  const mine = and(eq(apps.id, appId), visibleApps(ctx.actor))
  const place = { organizationId: app.organizationId, appId }
  const deleted = recordEvent(
    ctx,
    {
      type: 'app.deleted',
      subjectType: 'app',
      subjectId: appId,
      ...place,
      data: { name: app.name, owner: app.ownerName, ownerId: app.ownerId, keys: app.keys },
    },
    // What was read is what is deleted: a key or a request of the last moment is asked about again.
    sql`exists (select 1 from ${apps} where ${mine} and ${apps.name} = ${app.name}
      and ${isTyped ? sql`1` : sql`${workingKeys(ctx)} = 0`}
      and (select count(*) from access_requests r where r.app_id = ${appId} and r.state = 'pending') = ${app.pending.length})`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${deleted.id})`
  const withdrawn = recordEvents(
    ctx,
    app.pending.map(({ id, ...names }) => ({
      type: 'access_request.withdrawn',
      subjectType: 'access_request',
      subjectId: id,
      ...place,
      data: { ...names, app: app.name },
    })),
    (subjectId) =>
      sql`exists (select 1 from access_requests r where r.id = ${subjectId} and r.state = 'pending') and ${won}`,
  )
  const [, , keys, rows] = await ctx.db.batch([
    deleted.statement,
    withdrawn.statement,
    ctx.db.select({ id: credentials.id }).from(credentials).where(eq(credentials.appId, appId)),
    ctx.db
      .delete(apps)
      .where(and(eq(apps.id, appId), won))
      .returning({ id: apps.id }),
  ])
  for (const { id } of keys) ctx.forgetCredential(id)
  if (!rows[0]) {
    const still = await findAppDeletion(ctx, appId)
    return fail(
      still
        ? domainError('conflict', 'This app changed at the same moment. Look at what stops, and try again.')
        : noSuchApp,
    )
  }
  ctx.announce(deleted.id)
  for (const id of withdrawn.ids) ctx.announce(id)
  return ok({ name: app.name })
}
