// Lets a paused endpoint go on, as if it had never failed.
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import type { WebhookOwner } from './webhook'
import { changeWebhookState } from './webhook-state.server'

export async function resumeWebhook(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
): Promise<Result<{ name: string }>> {
  return changeWebhookState(ctx, webhookId, {
    type: 'webhook.resumed',
    from: 'paused',
    set: {
      state: 'active',
      pausedReason: null,
      pausedAt: null,
      failures: 0,
      failingSince: null,
      quietUntil: null,
    },
    otherwise: 'This webhook is not paused.',
  })
}
