// An admin stops an endpoint of an organization, also one that is paused already. Nobody there can resume or test it until
// an admin has resumed it. What happens meanwhile is kept as in every pause.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { findOrganizationWebhook } from './queries-organization-webhooks.server'
import type { PauseOrganizationWebhookInput } from './webhook'
import { changeOrganizationWebhook, noSuchWebhook } from './webhook-statements.server'

export async function pauseOrganizationWebhook(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  webhookId: Id<'whk'>,
  { reason }: PauseOrganizationWebhookInput,
): Promise<Result<{ name: string }>> {
  const known = await findOrganizationWebhook(ctx, organizationId, webhookId)
  if (!known) return fail(noSuchWebhook)
  const paused = await changeOrganizationWebhook(ctx, organizationId, webhookId, {
    type: 'webhook.paused',
    data: { name: known.name, reason: 'by_admin', ...(reason ? { note: reason } : {}) },
    when: sql`w.paused_reason is not 'by_admin'`,
    set: {
      state: 'paused',
      pausedBefore: sql`paused_reason`,
      pausedReason: 'by_admin',
      pausedNote: reason || null,
      // Events of so long a pause are kept: counted from when nothing was sent any more.
      pausedAt: sql`coalesce(paused_at, ${ctx.now})`,
    },
  })
  return paused
    ? ok({ name: known.name })
    : fail(domainError('already_decided', 'An admin has paused this webhook already.'))
}
