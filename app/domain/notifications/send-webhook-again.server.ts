// Has deliveries of an endpoint that failed tried again from the start: one, or all since a moment. Of two who press at
// once, one does it.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { deliveries } from '~db/schema'
import { findWebhook } from './queries-webhooks.server'
import { againAtOnce, failedSinceMs, type SendFailedInput, type WebhookOwner, webhookName } from './webhook'
import { noSuchWebhook, webhookEvent } from './webhook-statements.server'

export async function sendWebhookAgain(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
  deliveryId: Id<'dlv'>,
): Promise<Result<{ count: number }>> {
  return again(
    ctx,
    webhookId,
    sql`d.id = ${deliveryId} and d.state in ('failed', 'dead', 'sent')`,
    'This delivery is on its way. Nothing was sent again.',
  )
}

/** At most `againAtOnce` of them, the oldest first. */
export async function sendFailedWebhooksAgain(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
  { since }: SendFailedInput,
): Promise<Result<{ count: number }>> {
  return again(
    ctx,
    webhookId,
    sql`d.created_at >= ${ctx.now - failedSinceMs[since]} and d.state in ('failed', 'dead') and d.template <> 'webhook.tested'`,
    'No delivery of that time has failed.',
  )
}

async function again(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
  which: SQL,
  nothing: string,
): Promise<Result<{ count: number }>> {
  const known = await findWebhook(ctx, webhookId)
  if (!known) return fail(noSuchWebhook)
  if (known.state === 'paused') return fail(paused)
  const chosen = sql`select d.id from deliveries d where d.channel = 'webhook' and d.recipient_key = ${webhookId} and ${which}
    order by d.created_at, d.id limit ${againAtOnce}`
  const [row] = await ctx.db.all<{ count: number }>(sql`select count(*) as count from (${chosen})`)
  const count = row?.count ?? 0
  const event = webhookEvent(ctx, webhookId, {
    type: 'webhook.sent_again',
    data: { name: webhookName(known), count },
    when: sql`w.state = 'active' and exists (${chosen})`,
  })
  const [, waiting] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(deliveries)
      .set({ state: 'pending', attempts: 0, claimedAt: null, nextAttemptAt: ctx.now, lastError: null })
      .where(and(eq(deliveries.channel, 'webhook'), sql`${deliveries.id} in (${chosen})`, event.won))
      .returning({ eventId: deliveries.eventId }),
  ])
  if (waiting.length === 0) return fail(domainError('conflict', nothing))
  ctx.announce(event.id)
  for (const { eventId } of waiting) ctx.announce(eventId)
  return ok({ count: waiting.length })
}

const paused = domainError('conflict', 'This webhook is paused. Resume it first.')
