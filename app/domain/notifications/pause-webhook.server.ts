// Stops an endpoint by hand. What happens meanwhile is kept for it and can be sent after it was resumed.
import { sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { findWebhook } from './queries-webhooks.server'
import { type WebhookOwner, webhookName } from './webhook'
import { changeWebhook, noSuchWebhook } from './webhook-statements.server'

export async function pauseWebhook(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
): Promise<Result<{ name: string }>> {
  const known = await findWebhook(ctx, webhookId)
  if (!known) return fail(noSuchWebhook)
  const name = webhookName(known)
  const paused = await changeWebhook(ctx, webhookId, {
    type: 'webhook.paused',
    data: { name, reason: 'by_hand' },
    when: sql`w.state = 'active'`,
    set: { state: 'paused', pausedReason: 'by_hand', pausedAt: ctx.now },
  })
  return paused ? ok({ name }) : fail(domainError('conflict', 'This webhook is paused already.'))
}
