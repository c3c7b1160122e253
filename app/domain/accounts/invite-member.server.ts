// A super admin invites somebody into their organization: the account is made without a password, and the link to choose
// one goes by mail. An address that has an account elsewhere gets the same answer; its owner is told that it exists.
import { eq, sql } from 'drizzle-orm'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, fieldError } from '~/domain/kernel/errors'
import { newId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { recordEvent } from '~db/record-event'
import { events, heldInvitations, invitations, users } from '~db/schema'
import { type InviteMemberInput, invitationLifetimeMs } from './invitation'
import { invitingNotAllowed, organizationMayInvite, tooManyInvitations } from './member-invitation.server'
import { insertTeamMemberships, insertUser } from './new-user.server'
import { tellOwner } from './tell-owner.server'
import { managesMembers } from './visibility.server'

export async function inviteMember(
  ctx: DomainContext<SuperAdminActor>,
  input: InviteMemberInput,
): Promise<Result<{ userId: UserId }>> {
  const { organizationId } = ctx.actor
  const id = newId('usr', ctx.now)
  const key = emailKey(input.email)
  const teamIds = JSON.stringify([...new Set(input.teamIds)])
  const [owner] = await ctx.db
    .select({
      id: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
    })
    .from(users)
    .where(eq(users.emailKey, key))

  const allowed = sql`(${managesMembers(ctx.actor)} and ${organizationMayInvite(ctx)}
    and (select count(*) from teams where organization_id = ${organizationId}
      and id in (select value from json_each(${teamIds}))) = json_array_length(${teamIds})
    and not exists (select 1 from users mate where mate.email_key = ${key} and mate.organization_id = ${organizationId})
    and not exists (select 1 from held_invitations h where h.email_key = ${key} and h.organization_id = ${organizationId}))`
  const invited = sql`(exists (select 1 from users where id = ${id}) or exists (select 1 from held_invitations where id = ${id}))`
  const event = recordEvent(
    ctx,
    {
      type: 'user.invited',
      subjectType: 'user',
      subjectId: id,
      organizationId,
      data: { name: `${input.firstName} ${input.lastName}`, email: input.email },
    },
    invited,
  )
  const told = tellOwner(ctx, owner ?? null, sql`exists (select 1 from held_invitations where id = ${id})`)
  const expiresAt = ctx.now + invitationLifetimeMs
  // The same statements run for a free address and for one that is taken.
  const results = await ctx.db.batch([
    insertUser(
      ctx,
      {
        id,
        email: input.email,
        firstName: input.firstName,
        lastName: input.lastName,
        state: 'invited',
        passwordHash: null,
        mustChangePassword: false,
        emailVerifiedAt: null,
        place: { organizationId: sql`${organizationId}`, orgRole: input.orgRole },
      },
      allowed,
    ),
    insertTeamMemberships(ctx, id, sql`t.id in (select value from json_each(${teamIds}))`),
    ctx.db.insert(invitations).select(
      sql`select ${newId('inv', ctx.now)} as id, u.id as user_id, ${ctx.actor.userId} as invited_by_id,
        u.organization_id as organization_id, 'open' as state, ${expiresAt} as expires_at, null as decided_at,
        ${ctx.now} as created_at from users u where u.id = ${id}`,
    ),
    ctx.db.insert(heldInvitations).select(
      sql`select ${id} as id, ${organizationId} as organization_id, ${input.email} as email, ${key} as email_key,
        ${input.firstName} as first_name, ${input.lastName} as last_name, ${input.orgRole} as org_role,
        ${teamIds} as team_ids, ${expiresAt} as expires_at, ${ctx.now} as created_at
        where ${allowed} and exists (select 1 from users where email_key = ${key})`,
    ),
    event.statement.returning({ id: events.id }),
    told.statement.returning({ id: events.id }),
  ])
  if (!results[4][0]) return fail(await whyNot(ctx, key))
  ctx.announce(event.id)
  if (results[5][0]) ctx.announce(told.id)
  return ok({ userId: id })
}

async function whyNot(ctx: DomainContext<SuperAdminActor>, key: string): Promise<DomainError> {
  const { organizationId } = ctx.actor
  const [row] = await ctx.db.all<{ may: number; left: number; mate: string | null }>(
    sql`select ${managesMembers(ctx.actor)} as may, ${organizationMayInvite(ctx)} as "left",
      coalesce((select state from users where email_key = ${key} and organization_id = ${organizationId}),
        (select 'invited' from held_invitations where email_key = ${key} and organization_id = ${organizationId})) as mate`,
  )
  if (!row?.may) return invitingNotAllowed
  if (row.mate === 'invited') {
    return fieldError('email', 'This person is invited already. Send the invitation again from the list.')
  }
  if (row.mate) return fieldError('email', 'This person is in your organization already.')
  if (!row.left) return tooManyInvitations
  return fieldError('teamIds', 'One of these teams does not exist any more. Choose again.')
}
