// Freezing and unfreezing an app are one guarded update in two directions. Of many who decide at once, one does, and each
// change has one event.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, credentials, events } from '~db/schema'
import { type AppActor, visibleApps } from './visibility.server'

type Change = { to: 'frozen' | 'unfrozen'; reason: string }

export async function changeFreeze(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  change: Change,
): Promise<Result<{ name: string }>> {
  const mine = and(eq(apps.id, appId), visibleApps(ctx.actor))
  const [app] = await ctx.db
    .select({ name: apps.name, organizationId: apps.organizationId })
    .from(apps)
    .where(mine)
  if (!app) return fail(noSuchApp)
  const freezes = change.to === 'frozen'
  const event = recordEvent(
    ctx,
    {
      type: `app.${change.to}`,
      subjectType: 'app',
      subjectId: appId,
      organizationId: app.organizationId,
      appId,
      data: { name: app.name, ...(change.reason ? { reason: change.reason } : {}) },
    },
    sql`exists (select 1 from ${apps} where ${mine} and ${freezes ? canFreeze(ctx.actor) : canUnfreeze(ctx.actor)})`,
  )
  const [, rows, keys] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(apps)
      .set(
        freezes
          ? {
              frozenAt: sql`coalesce(${apps.frozenAt}, ${ctx.now})`,
              frozenBy: ctx.actor.type === 'admin' ? 'admin' : 'developer',
            }
          : { frozenAt: null, frozenBy: null },
      )
      .where(and(eq(apps.id, appId), sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`))
      .returning({ id: apps.id }),
    ctx.db.select({ id: credentials.id }).from(credentials).where(eq(credentials.appId, appId)),
  ])
  // Also when somebody else was first: this isolate may not have heard of it.
  for (const { id } of keys) ctx.forgetCredential(id)
  if (!rows[0]) return fail(await whyNot(ctx, appId, change.to))
  ctx.announce(event.id)
  return ok({ name: app.name })
}

const noSuchApp = domainError('not_found', 'There is no such app (any more).')

function canFreeze(actor: AppActor): SQL {
  return actor.type === 'admin'
    ? sql`(${apps.frozenAt} is null or ${apps.frozenBy} = 'developer')`
    : sql`${apps.frozenAt} is null`
}

function canUnfreeze(actor: AppActor): SQL {
  return actor.type === 'admin' ? sql`${apps.frozenAt} is not null` : sql`${apps.frozenBy} = 'developer'`
}

async function whyNot(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  wanted: Change['to'],
): Promise<DomainError> {
  const [app] = await ctx.db
    .select({ name: apps.name, frozenAt: apps.frozenAt })
    .from(apps)
    .where(and(eq(apps.id, appId), visibleApps(ctx.actor)))
  if (!app) return noSuchApp
  if (app.frozenAt === null) return domainError('already_decided', `${app.name} is not frozen.`)
  return wanted === 'frozen'
    ? domainError('already_decided', `${app.name} is frozen already.`)
    : domainError('not_allowed', `An administrator of the portal froze ${app.name}. Ask them to unfreeze it.`)
}
