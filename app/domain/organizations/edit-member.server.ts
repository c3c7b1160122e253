// A super admin of the organization, or an admin, changes a member's name, role and teams. The last super admin stays one; the default team holds everybody.
import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import type { OrganizationId, UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { beforeIn, listOf } from '~db/event-before'
import { recordEvent } from '~db/record-event'
import { events, teamMembers, users } from '~db/schema'
import type { EditMemberInput } from './member'
import { hasOtherSuperAdmin, type Manager, stillManages } from './visibility.server'

export async function editMember(
  ctx: DomainContext<Manager>,
  userId: UserId,
  input: EditMemberInput,
): Promise<Result<{ name: string }>> {
  const [member] = await ctx.db
    .select({ orgRole: users.orgRole, email: users.email, organizationId: users.organizationId })
    .from(users)
    .where(and(eq(users.id, userId), ownMember(ctx)))
  const organizationId = member?.organizationId
  if (!member?.orgRole || !organizationId) return fail(domainError('not_found', 'There is no such member.'))

  const teamIds = JSON.stringify([...new Set(input.teamIds)])
  const ownTeams = sql`(select count(*) from teams where organization_id = ${organizationId}
    and id in (select value from json_each(${teamIds})))`
  const name = `${input.firstName} ${input.lastName}`
  const place = { subjectType: 'user', subjectId: userId, organizationId } as const
  const ordinary = sql`t.organization_id = ${organizationId} and t.is_default = 0`
  const changed = recordEvent(
    ctx,
    { type: 'user.changed', ...place, data: { name, email: member.email } },
    sql`exists (select 1 from users where ${and(
      eq(users.id, userId),
      eq(users.organizationId, organizationId),
      // The event tells from which role: it must still be that one.
      eq(users.orgRole, member.orgRole),
      stillManages(ctx.actor),
      sql`${ownTeams} = json_array_length(${teamIds})`,
      input.orgRole === 'super_admin' || member.orgRole === 'team_member'
        ? undefined
        : canBeDemoted(organizationId, userId),
    )})`,
    {
      name: beforeIn(sql`users`, userId).was(sql`trim(first_name || ' ' || last_name)`),
      teams: listOf(
        sql`t.name`,
        sql`from teams t join team_members m on m.team_id = t.id where m.user_id = ${userId} and ${ordinary}`,
      ),
    },
    {
      teams: listOf(
        sql`t.name`,
        sql`from teams t where t.id in (select value from json_each(${teamIds})) and ${ordinary}`,
      ),
    },
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${changed.id})`
  const roleChanged =
    member.orgRole === input.orgRole
      ? null
      : recordEvent(
          ctx,
          {
            type: 'member.role_changed',
            ...place,
            data: { name, email: member.email, role: input.orgRole, before: member.orgRole },
          },
          won,
        )
  const [, rows] = await ctx.db.batch([
    changed.statement,
    ctx.db
      .update(users)
      .set({ firstName: input.firstName, lastName: input.lastName, orgRole: input.orgRole })
      .where(and(eq(users.id, userId), won))
      .returning({ id: users.id }),
    ctx.db.delete(teamMembers).where(
      and(
        eq(teamMembers.userId, userId),
        won,
        sql`team_id not in (select value from json_each(${teamIds}))
          and team_id not in (select id from teams where organization_id = ${organizationId} and is_default = 1)`,
      ),
    ),
    ctx.db
      .insert(teamMembers)
      .select(
        sql`select id as team_id, ${userId} as user_id, ${organizationId} as organization_id, ${ctx.now} as created_at
          from teams where organization_id = ${organizationId} and ${won}
          and (is_default = 1 or id in (select value from json_each(${teamIds})))`,
      )
      .onConflictDoNothing(),
    ...(roleChanged ? [roleChanged.statement] : []),
  ])
  if (!rows[0]) return fail(await whyNot(ctx, organizationId, userId, input))
  ctx.announce(changed.id)
  if (roleChanged) ctx.announce(roleChanged.id)
  return ok({ name })
}

/** The organization of a super admin is that of the session, and who is only invited is no member yet; an admin reaches all. */
function ownMember(ctx: DomainContext<Manager>) {
  return ctx.actor.type === 'admin'
    ? undefined
    : and(eq(users.organizationId, ctx.actor.organizationId), ne(users.state, 'invited'))
}

/** Nobody manages the default organization, so it needs no super admin. */
function canBeDemoted(organizationId: OrganizationId, userId: UserId): SQL {
  return sql`(${hasOtherSuperAdmin(organizationId, userId)} or users.state <> 'active'
    or exists (select 1 from organizations o where o.id = ${organizationId} and o.is_default = 1))`
}

async function whyNot(
  ctx: DomainContext<Manager>,
  organizationId: OrganizationId,
  userId: UserId,
  input: EditMemberInput,
) {
  const teamIds = [...new Set(input.teamIds)]
  const [row] = await ctx.db
    .select({
      mayManage: sql<number>`${stillManages(ctx.actor)}`,
      teams: sql<number>`(select count(*) from teams where organization_id = ${organizationId}
        and id in (select value from json_each(${JSON.stringify(teamIds)})))`,
      demotable: sql<number>`${canBeDemoted(organizationId, userId)}`,
    })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.organizationId, organizationId)))
  if (!row) return domainError('not_found', 'There is no such member.')
  if (!row.mayManage) {
    return domainError('not_allowed', 'Only super admins of an active organization can change its members.')
  }
  if (row.teams !== teamIds.length) {
    return fieldError('teamIds', 'One of these teams does not exist any more. Choose again.')
  }
  if (!row.demotable && input.orgRole === 'team_member') {
    return fieldError(
      'orgRole',
      'This is the last super admin. Make somebody else a super admin first.',
      'last_super_admin',
    )
  }
  return domainError('conflict', 'Somebody changed this member at the same moment. Load the page again.')
}
