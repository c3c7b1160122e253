// Gives an app to another member of its organization who sees it. Its owner decides, or a super admin about what is shared:
// the keys of a personal app stay with its owner.
import { and, eq, sql } from 'drizzle-orm'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, credentials, events, users } from '~db/schema'
import type { TransferAppInput } from './app'
import { canOwnApp, sharingApps } from './visibility.server'

export async function transferApp(
  ctx: DomainContext<DeveloperActor>,
  appId: Id<'app'>,
  input: TransferAppInput,
): Promise<Result<{ name: string; ownerName: string }>> {
  const { actor } = ctx
  const mine = and(eq(apps.id, appId), sharingApps(actor))
  const heir = sql`exists (select 1 from users where users.id = ${input.userId} and ${canOwnApp})`
  const [app] = await ctx.db
    .select({
      name: apps.name,
      ownerId: apps.ownerId,
      before: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      after: sql<
        string | null
      >`(select trim(u.first_name || ' ' || u.last_name) from users u where u.id = ${input.userId}
        and u.organization_id = ${actor.organizationId})`,
    })
    .from(apps)
    .innerJoin(users, eq(users.id, apps.ownerId))
    .where(mine)
  if (!app) return fail(domainError('not_found', 'There is no such app.'))
  const cannot = fieldError('userId', 'This member cannot take the app over. Choose one who sees it.')
  if (app.after === null) return fail(cannot)
  const event = recordEvent(
    ctx,
    {
      type: 'app.transferred',
      subjectType: 'app',
      subjectId: appId,
      organizationId: actor.organizationId,
      appId,
      data: {
        name: app.name,
        from: app.before,
        to: app.after,
        ownerId: input.userId,
        ownerIdBefore: app.ownerId,
      },
    },
    sql`exists (select 1 from ${apps} where ${mine} and ${apps.ownerId} = ${app.ownerId} and ${heir})`,
  )
  const [, rows, keys] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(apps)
      .set({ ownerId: input.userId })
      .where(and(eq(apps.id, appId), sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`))
      .returning({ id: apps.id }),
    ctx.db.select({ id: credentials.id }).from(credentials).where(eq(credentials.appId, appId)),
  ])
  // Keys of a personal app rest with its owner's account.
  for (const { id } of keys) ctx.forgetCredential(id)
  if (!rows[0]) {
    const [now] = await ctx.db.select({ ownerId: apps.ownerId }).from(apps).where(mine)
    return fail(
      now?.ownerId === app.ownerId
        ? cannot
        : domainError('already_decided', 'Somebody else has given this app away at the same moment.'),
    )
  }
  ctx.announce(event.id)
  return ok({ name: app.name, ownerName: app.after })
}
