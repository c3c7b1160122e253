// Suspending and restoring are one guarded update in two directions. Of many who decide at once, one does.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newDecisionId, type OrganizationId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { organizations } from '~db/schema'
import { explainOrganizationState, findOrganization, noSuchOrganization } from './find-organization.server'

type Standing = 'active' | 'suspended'

export async function changeStanding(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  change: { from: Standing; to: Standing; reason: string },
): Promise<Result<{ name: string }>> {
  const organization = await findOrganization(ctx, organizationId)
  if (!organization) return fail(noSuchOrganization)
  const { name } = organization
  const isSuspension = change.to === 'suspended'
  const decisionId = newDecisionId(ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: isSuspension ? 'organization.suspended' : 'organization.restored',
      subjectType: 'organization',
      subjectId: organizationId,
      organizationId,
      data: { name, ...(change.reason ? { reason: change.reason } : {}) },
    },
    sql`exists (select 1 from organizations where id = ${organizationId} and decision_id = ${decisionId})`,
  )
  const [rows] = await ctx.db.batch([
    ctx.db
      .update(organizations)
      .set({
        state: change.to,
        suspendedAt: isSuspension ? ctx.now : null,
        decisionId,
        decidedById: ctx.actor.userId,
        decidedAt: ctx.now,
      })
      .where(
        and(
          eq(organizations.id, organizationId),
          eq(organizations.state, change.from),
          eq(organizations.isDefault, false),
        ),
      )
      .returning({ id: organizations.id }),
    event.statement,
  ])
  // Also when somebody else was first: this isolate may not have heard of it.
  ctx.forgetOrganization(organizationId)
  if (!rows[0]) return fail(await explainOrganizationState(ctx, organizationId))
  ctx.announce(event.id)
  return ok({ name })
}
