// An admin approves an organization that was asked for, perhaps under a corrected name. Its default team is made, and the
// requester moves in alone, with their apps, as Super admin: all in one write. Of many who decide at once, one does.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newDecisionId, newId, type OrganizationId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { organizations } from '~db/schema'
import { findOrganizationRequest, organizationDecision } from './find-organization-request.server'
import { bringAppsStatements, moveStatements } from './move-statements.server'
import { insertDefaultTeam, organizationNameTaken } from './new-organization.server'
import type { ApproveOrganizationInput } from './organization'

export async function approveOrganization(
  ctx: DomainContext<AdminActor | SystemActor>,
  organizationId: OrganizationId,
  input: ApproveOrganizationInput,
): Promise<Result<{ organizationId: OrganizationId; name: string }>> {
  const request = await findOrganizationRequest(ctx, organizationId)
  if (!request) return fail(domainError('not_found', 'There is no such organization.'))
  if (request.state !== 'pending') return fail(organizationDecision(request))
  const { requesterId } = request
  if (!requesterId) {
    return fail(domainError('conflict', 'Nobody asked for this organization (any more). Reject it instead.'))
  }

  const decisionId = newDecisionId(ctx.now)
  const won = sql`exists (select 1 from organizations o where o.id = ${organizationId} and o.decision_id = ${decisionId})`
  const event = recordEvent(
    ctx,
    {
      type: 'organization.approved',
      subjectType: 'organization',
      subjectId: organizationId,
      organizationId,
      data: {
        name: input.name,
        requester: request.requesterName,
        ...(request.name === input.name ? {} : { requestedName: request.name }),
      },
    },
    won,
  )
  const move = { userId: requesterId, to: sql`${organizationId}` }
  try {
    const results = await ctx.db.batch([
      ctx.db
        .update(organizations)
        .set({
          state: 'active',
          name: input.name,
          nameKey: nameKey(input.name),
          decisionId,
          decidedById: ctx.actor.type === 'admin' ? ctx.actor.userId : null,
          decidedAt: ctx.now,
        })
        .where(
          and(
            eq(organizations.id, organizationId),
            eq(organizations.state, 'pending'),
            sql`exists (select 1 from users u join organizations d on d.id = u.organization_id and d.is_default = 1
              where u.id = ${requesterId} and u.id = ${organizations.requestedById} and u.state = 'active')`,
          ),
        )
        .returning({ id: organizations.id }),
      insertDefaultTeam(ctx, { organizationId, teamId: newId('team', ctx.now), name: input.name }, won),
      ...bringAppsStatements(ctx, move, won),
      ...moveStatements(ctx, { ...move, orgRole: 'super_admin' }, won),
      event.statement,
    ])
    if (!results[0][0]) {
      const now = (await findOrganizationRequest(ctx, organizationId)) ?? request
      return fail(
        now.state === 'pending'
          ? domainError(
              'conflict',
              `${now.requesterName} is not an active member of the default organization any more, so this request can only be rejected.`,
            )
          : organizationDecision(now),
      )
    }
    for (const { id } of results[4]) ctx.forgetCredential(id)
    ctx.announce(event.id)
    return ok({ organizationId, name: input.name })
  } catch (error) {
    if (violatesUnique(error, 'organizations.name_key')) return fail(organizationNameTaken(input.name))
    throw error
  }
}
