// Moves an endpoint between active and paused, by hand. Of two who press at once, one does it. What an admin of the portal
// paused, its organization leaves as it is.
import { sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { EventData } from '~/domain/kernel/events'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import type { webhookEndpoints } from '~db/schema'
import { findWebhook } from './queries-webhooks.server'
import { pausedReasons, type WebhookOwner, webhookName } from './webhook'
import { changeWebhook, noSuchWebhook } from './webhook-statements.server'

type Change = {
  type: 'webhook.paused' | 'webhook.resumed'
  from: 'active' | 'paused'
  set: Partial<typeof webhookEndpoints.$inferInsert>
  data?: EventData
  /** What is said when it is not in the state it comes from. */
  otherwise: string
}

export async function changeWebhookState(
  ctx: DomainContext<WebhookOwner>,
  webhookId: Id<'whk'>,
  { type, from, set, data = {}, otherwise }: Change,
): Promise<Result<{ name: string }>> {
  const known = await findWebhook(ctx, webhookId)
  if (!known) return fail(noSuchWebhook)
  const name = webhookName(known)
  const when = sql`w.state = ${from} and w.paused_reason is not 'by_admin'`
  const changed = await changeWebhook(ctx, webhookId, { type, data: { name, ...data }, when, set })
  if (changed) return ok({ name })
  const now = await findWebhook(ctx, webhookId)
  return fail(
    now?.pausedReason === 'by_admin'
      ? domainError('not_allowed', pausedReasons.by_admin)
      : domainError('conflict', otherwise),
  )
}
