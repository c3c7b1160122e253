// Deletes an organization for good. Its people become Team members of the default organization, each with their own apps,
// which are personal there; access that was approved goes on. Teams, invite codes, catalog audiences and invitations end.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { newDecisionId, type OrganizationId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { recordEvent } from '~db/record-event'
import { accessRequests, apps, events, invitations, organizations, teamMembers, users } from '~db/schema'
import { explainOrganizationState, findOrganization, noSuchOrganization } from './find-organization.server'
import { defaultOrganizationId, stillStopped } from './move-statements.server'
import type { DeleteOrganizationInput } from './organization'

export async function deleteOrganization(
  ctx: DomainContext<AdminActor>,
  organizationId: OrganizationId,
  input: DeleteOrganizationInput,
): Promise<Result<{ name: string }>> {
  const organization = await findOrganization(ctx, organizationId)
  if (!organization) return fail(noSuchOrganization)
  const { name } = organization
  if (nameKey(input.confirmation) !== nameKey(name)) {
    return fail(fieldError('confirmation', `Type “${name}”, the name of the organization.`))
  }
  const event = recordEvent(
    ctx,
    {
      type: 'organization.deleted',
      subjectType: 'organization',
      subjectId: organizationId,
      organizationId,
      data: { name },
    },
    // The name that was typed: an organization that got another one meanwhile is asked about again.
    sql`exists (select 1 from organizations where id = ${organizationId} and is_default = 0 and state <> 'pending' and name = ${name})`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const moveId = newDecisionId(ctx.now)
  const results = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(apps)
      .set({
        organizationId: sql`${defaultOrganizationId}`,
        visibility: 'personal',
        teamId: null,
        ...stillStopped(ctx),
      })
      .where(and(eq(apps.organizationId, organizationId), won)),
    ctx.db
      .update(accessRequests)
      .set({ organizationId: sql`${defaultOrganizationId}` })
      .where(and(eq(accessRequests.organizationId, organizationId), won)),
    ctx.db
      .update(invitations)
      .set({
        organizationId: null,
        state: sql`case ${invitations.state} when 'open' then 'withdrawn' else ${invitations.state} end`,
        decidedAt: sql`case ${invitations.state} when 'open' then ${ctx.now} else ${invitations.decidedAt} end`,
      })
      .where(and(eq(invitations.organizationId, organizationId), won)),
    // A membership names user and organization together, so it goes before the user does.
    ctx.db.delete(teamMembers).where(and(eq(teamMembers.organizationId, organizationId), won)),
    ctx.db
      .update(users)
      .set({
        organizationId: sql`${defaultOrganizationId}`,
        orgRole: 'team_member',
        // The link of an invitation into what is gone is dead.
        resetVersion: sql`${users.resetVersion} + (${users.state} = 'invited')`,
        decisionId: moveId,
      })
      .where(and(eq(users.organizationId, organizationId), won)),
    ctx.db.insert(teamMembers).select(
      sql`select t.id as team_id, u.id as user_id, u.organization_id as organization_id, ${ctx.now} as created_at
        from users u join teams t on t.organization_id = u.organization_id and t.is_default = 1
        where u.organization_id = ${defaultOrganizationId} and u.decision_id = ${moveId} and ${won}`,
    ),
    ctx.db
      .delete(organizations)
      .where(and(eq(organizations.id, organizationId), won))
      .returning({ id: organizations.id }),
  ])
  ctx.forgetOrganization(organizationId)
  if (!results[7][0]) return fail(await explainOrganizationState(ctx, organizationId))
  ctx.announce(event.id)
  return ok({ name })
}
