// Makes an organization and, in the same write, its default team. Names are unique without regard to case and space.

import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { newDecisionId, newId, type OrganizationId, type TeamId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { organizations, teams } from '~db/schema'
import { type CreateOrganizationInput, defaultTeamName } from './organization'

export async function createOrganization(
  ctx: DomainContext<AdminActor | SystemActor>,
  input: CreateOrganizationInput,
): Promise<Result<{ organizationId: OrganizationId; teamId: TeamId }>> {
  const organizationId = newId('org', ctx.now)
  const teamId = newId('team', ctx.now)
  const teamName = defaultTeamName(input.name)
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
      ctx.db.insert(teams).values({
        id: teamId,
        organizationId,
        name: teamName,
        nameKey: nameKey(teamName),
        isDefault: true,
        createdAt: ctx.now,
      }),
      event.statement,
    ])
  } catch (error) {
    if (!violatesUnique(error, 'organizations.name_key')) throw error
    return fail(
      fieldError(
        'name',
        `There is an organization named “${input.name}” already. Choose another name.`,
        'name_taken',
      ),
    )
  }
  ctx.announce(event.id)
  return ok({ organizationId, teamId })
}
