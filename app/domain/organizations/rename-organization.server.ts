// Gives an organization another name, unique without regard to case and space. Its default team follows while it still
// has the name that it was made with.
import { and, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { OrganizationId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { events, organizations, teams } from '~db/schema'
import { organizationNameTaken } from './new-organization.server'
import { defaultTeamName, type RenameOrganizationInput } from './organization'
import { type Manager, managedOrganization, stillManages } from './visibility.server'

/** A super admin renames their own, whichever was asked for; an admin one that is or was active. */
export async function renameOrganization(
  ctx: DomainContext<Manager>,
  askedFor: OrganizationId,
  input: RenameOrganizationInput,
): Promise<Result<{ name: string }>> {
  const organizationId = managedOrganization(ctx.actor, askedFor)
  const [organization] = await ctx.db
    .select({ name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), renameable))
  if (!organization) return fail(domainError('not_found', 'There is no such organization (any more).'))
  if (organization.name === input.name) return ok({ name: input.name })
  const event = recordEvent(
    ctx,
    {
      type: 'organization.renamed',
      subjectType: 'organization',
      subjectId: organizationId,
      organizationId,
      data: { name: input.name, before: organization.name },
    },
    // The event tells the name before: it must still be that one.
    sql`exists (select 1 from organizations where organizations.id = ${organizationId} and organizations.name = ${organization.name}
      and ${renameable} and ${stillManages(ctx.actor)})`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const teamName = defaultTeamName(input.name)
  try {
    const [, renamed] = await ctx.db.batch([
      event.statement,
      ctx.db
        .update(organizations)
        .set({ name: input.name, nameKey: nameKey(input.name) })
        .where(and(eq(organizations.id, organizationId), won))
        .returning({ id: organizations.id }),
      ctx.db
        .update(teams)
        .set({ name: teamName, nameKey: nameKey(teamName) })
        .where(
          and(
            eq(teams.organizationId, organizationId),
            eq(teams.isDefault, true),
            eq(teams.name, defaultTeamName(organization.name)),
            sql`not exists (select 1 from teams other where other.organization_id = ${organizationId}
              and other.name_key = ${nameKey(teamName)} and other.is_default = 0)`,
            won,
          ),
        ),
    ])
    if (!renamed[0]) {
      return fail(
        domainError(
          'conflict',
          'Your rights or the organization changed at the same moment. Load the page again.',
        ),
      )
    }
  } catch (error) {
    if (!violatesUnique(error, 'organizations.name_key')) throw error
    return fail(organizationNameTaken(input.name))
  }
  ctx.announce(event.id)
  return ok({ name: input.name })
}

const renameable = sql`organizations.state in ('active', 'suspended')`
