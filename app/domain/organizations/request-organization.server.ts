// A developer of the default organization asks for one of their own. Where the setting approves by itself, it is made at
// once and the developer moves there with their apps, as its Super admin; else it waits for an admin. One open request each.
import { sql } from 'drizzle-orm'
import { stillMember } from '~/domain/accounts/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { newDecisionId, newId, type OrganizationId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { getSettings } from '~/domain/settings/queries.server'
import { recordEvent } from '~db/record-event'
import { organizations } from '~db/schema'
import { bringAppsStatements, moveStatements } from './move-statements.server'
import { insertDefaultTeam, organizationNameTaken } from './new-organization.server'
import { organizationRequestAnswers, type RequestOrganizationInput } from './organization'

export async function requestOrganization(
  ctx: DomainContext<DeveloperActor>,
  input: RequestOrganizationInput,
): Promise<Result<{ organizationId: OrganizationId; state: 'active' | 'pending' }>> {
  const { actor } = ctx
  const organizationId = newId('org', ctx.now)
  const decisionId = newDecisionId(ctx.now)
  const made = (state: 'active' | 'pending') =>
    sql`exists (select 1 from organizations o where o.id = ${organizationId} and o.decision_id = ${decisionId} and o.state = ${state})`
  const about = { subjectType: 'organization', subjectId: organizationId, organizationId } as const
  const data = { name: input.name, requester: actor.name }
  const created = recordEvent(ctx, { type: 'organization.created', ...about, data }, made('active'))
  const requested = recordEvent(ctx, { type: 'organization.requested', ...about, data }, made('pending'))
  const move = { userId: actor.userId, to: sql`${organizationId}` }
  try {
    const results = await ctx.db.batch([
      ctx.db
        .insert(organizations)
        .select(
          sql`select ${organizationId} as id, ${input.name} as name, ${nameKey(input.name)} as name_key,
            case when s.auto_approve_organizations = 1 then 'active' else 'pending' end as state, 0 as is_default,
            ${actor.userId} as requested_by_id, null as rejection_reason, null as suspended_at, null as frozen_at,
            ${decisionId} as decision_id, null as decided_by_id,
            case when s.auto_approve_organizations = 1 then ${ctx.now} else null end as decided_at, ${ctx.now} as created_at
            from settings s where s.organization_registration_enabled = 1 and ${stillMember(actor)}
            and exists (select 1 from organizations d where d.id = ${actor.organizationId} and d.is_default = 1)
            and not exists (select 1 from organizations p where p.requested_by_id = ${actor.userId} and p.state = 'pending')`,
        )
        .returning({ state: organizations.state }),
      insertDefaultTeam(
        ctx,
        { organizationId, teamId: newId('team', ctx.now), name: input.name },
        made('active'),
      ),
      ...bringAppsStatements(ctx, move, made('active')),
      ...moveStatements(ctx, { ...move, orgRole: 'super_admin' }, made('active')),
      created.statement,
      requested.statement,
    ])
    const state = results[0][0]?.state
    if (!state) return fail(await whyNot(ctx))
    for (const { id } of results[4]) ctx.forgetCredential(id)
    const isActive = state === 'active'
    ctx.announce(isActive ? created.id : requested.id)
    return ok({ organizationId, state: isActive ? 'active' : 'pending' })
  } catch (error) {
    if (violatesUnique(error, 'organizations.name_key')) return fail(organizationNameTaken(input.name))
    throw error
  }
}

async function whyNot(ctx: DomainContext<DeveloperActor>): Promise<DomainError> {
  const settings = await getSettings(ctx)
  if (!settings.organizationRegistrationEnabled) {
    return domainError('organization_registration_disabled', organizationRequestAnswers.off)
  }
  const [pending] = await ctx.db
    .select({ name: organizations.name })
    .from(organizations)
    .where(sql`${organizations.requestedById} = ${ctx.actor.userId} and ${organizations.state} = 'pending'`)
  return pending
    ? domainError('conflict', organizationRequestAnswers.pending)
    : domainError('not_allowed', 'You are in an organization already. Leave it before you create another.')
}
