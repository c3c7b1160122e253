// A super admin makes another member super admin and steps down, in one write: there is never a moment without one.
import { and, eq, sql } from 'drizzle-orm'
import { managesMembers } from '~/domain/accounts/visibility.server'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { users } from '~db/schema'
import type { HandOverOrganizationInput } from './organization'

export async function handOverOrganization(
  ctx: DomainContext<SuperAdminActor>,
  input: HandOverOrganizationInput,
): Promise<Result<{ name: string }>> {
  const { actor } = ctx
  const successor = and(
    eq(users.id, input.userId),
    eq(users.organizationId, actor.organizationId),
    eq(users.state, 'active'),
  )
  const [person] = await ctx.db
    .select({
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      orgRole: users.orgRole,
    })
    .from(users)
    .where(successor)
  const gone = fieldError('userId', 'This member cannot take over. Choose an active member.')
  if (!person?.orgRole || input.userId === actor.userId) return fail(gone)

  const decisionId = newDecisionId(ctx.now)
  const won = sql`exists (select 1 from users where id = ${actor.userId} and decision_id = ${decisionId})`
  const place = { subjectType: 'user', organizationId: actor.organizationId } as const
  const steppedDown = recordEvent(
    ctx,
    {
      type: 'member.role_changed',
      ...place,
      subjectId: actor.userId,
      data: { name: actor.name, email: actor.email, role: 'team_member', before: 'super_admin' },
    },
    won,
  )
  const promoted = recordEvent(
    ctx,
    {
      type: 'member.role_changed',
      ...place,
      subjectId: input.userId,
      data: { name: person.name, email: person.email, role: 'super_admin', before: person.orgRole },
    },
    person.orgRole === 'super_admin' ? sql`0` : won,
  )
  const [rows] = await ctx.db.batch([
    ctx.db
      .update(users)
      .set({ orgRole: 'team_member', decisionId })
      .where(
        and(
          eq(users.id, actor.userId),
          managesMembers(actor),
          sql`exists (select 1 from users s where s.id = ${input.userId} and s.organization_id = ${actor.organizationId}
            and s.state = 'active' and s.org_role = ${person.orgRole})`,
        ),
      )
      .returning({ id: users.id }),
    ctx.db.update(users).set({ orgRole: 'super_admin' }).where(and(successor, won)),
    steppedDown.statement,
    promoted.statement,
  ])
  if (!rows[0]) return fail(gone)
  ctx.announce(steppedDown.id)
  if (person.orgRole !== 'super_admin') ctx.announce(promoted.id)
  return ok({ name: person.name })
}
