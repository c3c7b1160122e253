// A developer leaves the organization for the default one. Shared and personal apps stay and pass to its longest-serving
// super admin; who is alone takes them along. The last super admin stays while there are others.
import { and, eq, sql } from 'drizzle-orm'
import { stillMember } from '~/domain/accounts/visibility.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apps, events } from '~db/schema'
import { bringAppsStatements, defaultOrganizationId, moveStatements } from './move-statements.server'
import { hasOtherSuperAdmin, heirOf, isAlone } from './visibility.server'

export async function leaveOrganization(ctx: DomainContext<DeveloperActor>): Promise<Result<null>> {
  const { userId, organizationId, orgRole, name, email } = ctx.actor
  const mayLeave =
    orgRole === 'super_admin'
      ? sql`(${hasOtherSuperAdmin(organizationId, userId)} or ${isAlone(organizationId, userId)})`
      : sql`1`
  const event = recordEvent(
    ctx,
    {
      type: 'member.left',
      subjectType: 'user',
      subjectId: userId,
      organizationId,
      data: { name, email },
    },
    sql`${stillMember(ctx.actor)} and ${mayLeave}
      and exists (select 1 from organizations o where o.id = ${organizationId} and o.is_default = 0)`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const heir = heirOf(organizationId, userId)
  const move = { userId, to: defaultOrganizationId }
  const results = await ctx.db.batch([
    event.statement.returning({ id: events.id }),
    ctx.db
      .update(apps)
      .set({ ownerId: sql`${heir}` })
      .where(and(eq(apps.ownerId, userId), sql`${heir} is not null`, won)),
    ...bringAppsStatements(ctx, move, won),
    ...moveStatements(ctx, { ...move, orgRole: 'team_member' }, won),
  ])
  if (!results[0][0]) {
    return fail(
      ctx.actor.inDefaultOrganization
        ? domainError('not_found', 'There is nothing to leave.')
        : domainError(
            'last_super_admin',
            'You are the last super admin, and others are in the organization. Hand it over to one of them first.',
          ),
    )
  }
  ctx.announce(event.id)
  for (const { id } of results[4]) ctx.forgetCredential(id)
  return ok(null)
}
