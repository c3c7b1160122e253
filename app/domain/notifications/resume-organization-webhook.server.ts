// An admin ends the pause that admins made. One that the organization had before stands again: that is theirs to end.
import { sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id, OrganizationId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { findOrganizationWebhook } from './queries-organization-webhooks.server'
import { changeOrganizationWebhook, noSuchWebhook } from './webhook-statements.server'

export async function resumeOrganizationWebhook(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  webhookId: Id<'whk'>,
): Promise<Result<{ name: string }>> {
  const known = await findOrganizationWebhook(ctx, organizationId, webhookId)
  if (!known) return fail(noSuchWebhook)
  const goesOn = sql`paused_before is null`
  const resumed = await changeOrganizationWebhook(ctx, organizationId, webhookId, {
    type: 'webhook.resumed',
    data: { name: known.name, reason: 'by_admin', staysPaused: known.pausedBefore !== null },
    // The pause before is that of the admin's: it changes with none of the organization's doings.
    when: sql`w.paused_reason is 'by_admin' and w.paused_before is ${known.pausedBefore}`,
    set: {
      state: sql`case when ${goesOn} then 'active' else 'paused' end`,
      pausedReason: sql`paused_before`,
      pausedAt: sql`case when ${goesOn} then null else paused_at end`,
      failures: sql`case when ${goesOn} then 0 else failures end`,
      failingSince: sql`case when ${goesOn} then null else failing_since end`,
      quietUntil: null,
      pausedNote: null,
      pausedBefore: null,
    },
  })
  return resumed
    ? ok({ name: known.name })
    : fail(domainError('already_decided', 'No admin has paused this webhook (any more).'))
}
