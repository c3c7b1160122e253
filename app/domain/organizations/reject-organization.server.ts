// An admin declines an organization that was asked for. Its name is free again, and the requester stays where they are.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newDecisionId, type OrganizationId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { organizations } from '~db/schema'
import { findOrganizationRequest, organizationDecision } from './find-organization-request.server'
import type { RejectOrganizationInput } from './organization'

export async function rejectOrganization(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  input: RejectOrganizationInput,
): Promise<Result<{ organizationId: OrganizationId; name: string }>> {
  const request = await findOrganizationRequest(ctx, organizationId)
  if (!request) return fail(domainError('not_found', 'There is no such organization.'))
  if (request.state !== 'pending') return fail(organizationDecision(request))
  const decisionId = newDecisionId(ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: 'organization.rejected',
      subjectType: 'organization',
      subjectId: organizationId,
      organizationId,
      data: {
        name: request.name,
        requester: request.requesterName,
        ...(input.reason ? { reason: input.reason } : {}),
      },
    },
    sql`exists (select 1 from organizations where id = ${organizationId} and decision_id = ${decisionId})`,
  )
  const [rows] = await ctx.db.batch([
    ctx.db
      .update(organizations)
      .set({
        state: 'rejected',
        rejectionReason: input.reason || null,
        decisionId,
        decidedById: ctx.actor.userId,
        decidedAt: ctx.now,
      })
      .where(and(eq(organizations.id, organizationId), eq(organizations.state, 'pending')))
      .returning({ id: organizations.id }),
    event.statement,
  ])
  if (!rows[0])
    return fail(organizationDecision((await findOrganizationRequest(ctx, organizationId)) ?? request))
  ctx.announce(event.id)
  return ok({ organizationId, name: request.name })
}
