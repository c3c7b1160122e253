// Stops an endpoint by hand. What happens meanwhile is kept for it and can be sent after it was resumed.
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import type { WebhookOwner } from './webhook'
import { changeWebhookState } from './webhook-state.server'

export async function pauseWebhook(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
): Promise<Result<{ name: string }>> {
  return changeWebhookState(ctx, webhookId, {
    type: 'webhook.paused',
    from: 'active',
    set: { state: 'paused', pausedReason: 'by_hand', pausedAt: ctx.now },
    data: { reason: 'by_hand' },
    otherwise: 'This webhook is paused already.',
  })
}
