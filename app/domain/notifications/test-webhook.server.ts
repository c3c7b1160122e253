// Sends a test event to one endpoint, paused or not unless an admin did it, and waits for the answer. Should that be interrupted, the queue sends it.
import { sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { deliveries } from '~db/schema'
import { findWebhook } from './queries-webhooks.server'
import { sendWebhookDelivery } from './send-webhook-delivery.server'
import { pausedReasons, type WebhookOwner, webhookName } from './webhook'
import type { WebhookTools } from './webhook-message'
import { noSuchWebhook, webhookEvent } from './webhook-statements.server'

/** For each endpoint: a receiver is not to be flooded by somebody who presses on. */
const testsPerMinute = 10

export async function testWebhook(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
  tools: WebhookTools,
): Promise<Result<{ deliveryId: Id<'dlv'>; sent: boolean }>> {
  const known = await findWebhook(ctx, webhookId)
  if (!known) return fail(noSuchWebhook)
  if (known.pausedReason === 'by_admin') return fail(domainError('not_allowed', pausedReasons.by_admin))
  const deliveryId = newId('dlv', ctx.now)
  const event = webhookEvent(ctx, webhookId, {
    type: 'webhook.tested',
    data: { name: webhookName(known) },
    when: sql`w.paused_reason is not 'by_admin' and (select count(*) from events e where e.subject_id = w.id and e.type = 'webhook.tested'
      and e.created_at > ${ctx.now - 60_000}) < ${testsPerMinute}`,
  })
  const [, planned] = await ctx.db.batch([
    event.statement,
    ctx.db
      .insert(deliveries)
      .select(
        sql`select ${deliveryId} as id, ${event.id} as event_id, 'webhook' as channel, ${webhookId} as recipient_key,
          'webhook.tested' as template, 'pending' as state, 0 as attempts, null as claimed_at, ${ctx.now} as next_attempt_at,
          null as last_error, null as sent_at, ${ctx.now} as created_at, null as cancelled_at where ${event.won}`,
      )
      .returning({ id: deliveries.id }),
  ])
  if (!planned[0]) {
    return fail(
      domainError('too_many_attempts', 'It was tested several times just now. Wait a minute.', {
        retryAfterSeconds: 60,
      }),
    )
  }
  ctx.announce(event.id)
  const attempt = await sendWebhookDelivery({ ...ctx, actor: { type: 'system' } }, deliveryId, tools)
  return ok({ deliveryId, sent: attempt.outcome === 'sent' })
}
