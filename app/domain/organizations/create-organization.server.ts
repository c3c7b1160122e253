// Makes an organization and, in the same write, its default team. Names are unique without regard to case and space.
import { sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newDecisionId, newId, type OrganizationId, type TeamId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { organizations } from '~db/schema'
import { insertDefaultTeam, organizationNameTaken } from './new-organization.server'
import type { CreateOrganizationInput } from './organization'

export async function createOrganization(
  ctx: DomainContext<AdminActor | SystemActor>,
  input: CreateOrganizationInput,
): Promise<Result<{ organizationId: OrganizationId; teamId: TeamId }>> {
  const organizationId = newId('org', ctx.now)
  const teamId = newId('team', ctx.now)
  const event = recordEvent(ctx, {
    type: 'organization.created',
    subjectType: 'organization',
    subjectId: organizationId,
    organizationId,
    data: { name: input.name },
  })
  try {
    await ctx.db.batch([
      ctx.db.insert(organizations).values({
        id: organizationId,
        name: input.name,
        nameKey: nameKey(input.name),
        state: 'active',
        decisionId: newDecisionId(ctx.now),
        decidedById: ctx.actor.type === 'admin' ? ctx.actor.userId : null,
        decidedAt: ctx.now,
        createdAt: ctx.now,
      }),
      insertDefaultTeam(ctx, { organizationId, teamId, name: input.name }, sql`1`),
      event.statement,
    ])
  } catch (error) {
    if (!violatesUnique(error, 'organizations.name_key')) throw error
    return fail(organizationNameTaken(input.name))
  }
  ctx.announce(event.id)
  return ok({ organizationId, teamId })
}
