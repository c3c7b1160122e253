// Lets a paused endpoint go on, as if it had never failed.
import { sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { findWebhook } from './queries-webhooks.server'
import { pausedReasons, type WebhookOwner, webhookName } from './webhook'
import { changeWebhook, noSuchWebhook } from './webhook-statements.server'

export async function resumeWebhook(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
): Promise<Result<{ name: string }>> {
  const known = await findWebhook(ctx, webhookId)
  if (!known) return fail(noSuchWebhook)
  const name = webhookName(known)
  const resumed = await changeWebhook(ctx, webhookId, {
    type: 'webhook.resumed',
    data: { name },
    when: sql`w.state = 'paused' and w.paused_reason is not 'by_admin'`,
    set: {
      state: 'active',
      pausedReason: null,
      pausedAt: null,
      failures: 0,
      failingSince: null,
      quietUntil: null,
    },
  })
  if (resumed) return ok({ name })
  const now = await findWebhook(ctx, webhookId)
  return fail(
    now?.pausedReason === 'by_admin'
      ? domainError('not_allowed', pausedReasons.by_admin)
      : domainError('conflict', 'This webhook is not paused.'),
  )
}
