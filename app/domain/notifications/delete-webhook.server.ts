// Deletes an endpoint, with what was sent there and answered. What still waits for it is not needed any more.
// One that an admin stopped is kept, and with it the stop.
import { and, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { deliveries, webhookAttempts, webhookEndpoints } from '~db/schema'
import { findWebhook } from './queries-webhooks.server'
import { type WebhookOwner, webhookName } from './webhook'
import { noSuchWebhook, webhookEvent } from './webhook-statements.server'
import { notStopped, stoppedByAdmin } from './webhook-stops.server'

export async function deleteWebhook(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
): Promise<Result<{ name: string }>> {
  const known = await findWebhook(ctx, webhookId)
  if (!known) return fail(noSuchWebhook)
  const name = webhookName(known)
  const event = webhookEvent(ctx, webhookId, { type: 'webhook.deleted', data: { name }, when: notStopped })
  const [, , , deleted] = await ctx.db.batch([
    event.statement,
    ctx.db
      .delete(webhookAttempts)
      .where(
        and(
          sql`${webhookAttempts.deliveryId} in (select d.id from deliveries d where d.channel = 'webhook' and d.recipient_key = ${webhookId})`,
          event.won,
        ),
      ),
    ctx.db
      .update(deliveries)
      .set({ state: 'sent', sentAt: null, lastError: 'The webhook was deleted.' })
      .where(
        and(
          eq(deliveries.channel, 'webhook'),
          eq(deliveries.recipientKey, webhookId),
          eq(deliveries.state, 'pending'),
          event.won,
        ),
      ),
    ctx.db
      .delete(webhookEndpoints)
      .where(and(eq(webhookEndpoints.id, webhookId), event.won))
      .returning({ id: webhookEndpoints.id }),
  ])
  if (!deleted[0]) return fail((await findWebhook(ctx, webhookId)) ? stoppedByAdmin : noSuchWebhook)
  ctx.announce(event.id)
  return ok({ name })
}
