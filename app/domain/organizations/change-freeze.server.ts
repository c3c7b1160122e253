// Freezing an organization's apps and letting them go on are one guarded update in two directions. Of many super admins who
// press at once, one does it, and each change has one event.
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { managesMembers } from '~/domain/accounts/visibility.server'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { events, organizations } from '~db/schema'

export async function changeFreeze(
  ctx: DomainContext<SuperAdminActor>,
  to: 'frozen' | 'unfrozen',
): Promise<Result<null>> {
  const { organizationId } = ctx.actor
  const own = eq(organizations.id, organizationId)
  const [organization] = await ctx.db.select({ name: organizations.name }).from(organizations).where(own)
  const before = to === 'frozen' ? isNull(organizations.frozenAt) : isNotNull(organizations.frozenAt)
  const event = recordEvent(
    ctx,
    {
      type: `organization.${to}`,
      subjectType: 'organization',
      subjectId: organizationId,
      organizationId,
      data: { name: organization?.name ?? '' },
    },
    sql`exists (select 1 from ${organizations} where ${and(own, before)}) and ${managesMembers(ctx.actor)}`,
  )
  const [, rows, mine] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(organizations)
      .set({ frozenAt: to === 'frozen' ? ctx.now : null })
      .where(and(own, sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`))
      .returning({ id: organizations.id }),
    ctx.db
      .select({ name: organizations.name })
      .from(organizations)
      .where(and(own, managesMembers(ctx.actor))),
  ])
  ctx.forgetOrganization(organizationId)
  if (rows[0]) {
    ctx.announce(event.id)
    return ok(null)
  }
  if (!mine[0]) {
    return fail(
      domainError('not_allowed', 'Only super admins of an active organization can freeze its apps.'),
    )
  }
  return fail(
    domainError(
      'already_decided',
      to === 'frozen'
        ? 'The apps of your organization are frozen already.'
        : 'The apps of your organization are not frozen.',
    ),
  )
}
