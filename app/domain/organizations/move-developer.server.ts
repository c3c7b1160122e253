// An admin moves a developer to another organization. Their apps stay and pass to a named member, or go along: as personal
// apps, or shared with the new organization; in the default organization always personal. One is only in the default team.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError, fieldError } from '~/domain/kernel/errors'
import { newDecisionId, type OrganizationId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { accessRequests, apps, credentials, invitations, organizations, teamMembers, users } from '~db/schema'
import type { MoveDeveloperInput } from './member'
import { stillStopped } from './move-statements.server'
import { hasOtherSuperAdmin } from './visibility.server'

export async function moveDeveloper(
  ctx: DomainContext<AdminActor>,
  userId: UserId,
  input: MoveDeveloperInput,
): Promise<Result<{ name: string; organizationName: string }>> {
  const [person] = await ctx.db
    .select({
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      organizationId: users.organizationId,
    })
    .from(users)
    .where(eq(users.id, userId))
  const from = person?.organizationId
  if (!person || !from) return fail(domainError('not_found', 'There is no such developer.'))
  const places = await ctx.db
    .select({ id: organizations.id, name: organizations.name, isDefault: organizations.isDefault })
    .from(organizations)
    .where(sql`${organizations.id} in (${from}, ${input.organizationId})`)
  const [origin, target] = [from, input.organizationId].map((id) => places.find((place) => place.id === id))
  if (!origin || !target) return fail(noSuchTarget)
  if (from === target.id) {
    return fail(
      fieldError('organizationId', `${person.name} is in ${target.name} already. Choose another one.`),
    )
  }

  const decisionId = newDecisionId(ctx.now)
  const won = sql`exists (select 1 from users where id = ${userId} and decision_id = ${decisionId})`
  const stays = input.apps === 'pass'
  const event = recordEvent(
    ctx,
    {
      type: 'member.moved',
      subjectType: 'user',
      subjectId: userId,
      organizationId: from,
      data: { name: person.name, email: person.email, from: origin.name, to: target.name, apps: input.apps },
    },
    won,
  )
  const ownApps = and(eq(apps.ownerId, userId), eq(apps.organizationId, from), won)
  const [rows, keys] = await ctx.db.batch([
    ctx.db
      .update(users)
      .set({ decisionId })
      .where(and(eq(users.id, userId), eq(users.organizationId, from), allowed(from, userId, input)))
      .returning({ id: users.id }),
    ctx.db
      .select({ id: credentials.id })
      .from(credentials)
      .where(sql`${credentials.appId} in (select a.id from apps a where a.owner_id = ${userId}) and ${won}`),
    stays
      ? ctx.db
          .update(apps)
          .set({ ownerId: input.heirId ?? userId })
          .where(ownApps)
      : ctx.db
          .update(apps)
          .set({
            organizationId: target.id,
            visibility: input.apps === 'organization' && !target.isDefault ? 'organization' : 'personal',
            teamId: null,
            ...stillStopped(ctx),
          })
          .where(ownApps),
    ctx.db
      .update(accessRequests)
      .set({ organizationId: target.id })
      .where(
        sql`${accessRequests.organizationId} = ${from} and ${won} and ${accessRequests.appId} in
          (select a.id from apps a where a.owner_id = ${userId} and a.organization_id = ${target.id})`,
      ),
    // A membership names user and organization together, so it goes before the user does.
    ctx.db.delete(teamMembers).where(and(eq(teamMembers.userId, userId), won)),
    ctx.db
      .update(users)
      .set({ organizationId: target.id, orgRole: target.isDefault ? 'team_member' : input.orgRole })
      .where(and(eq(users.id, userId), won)),
    ctx.db.insert(teamMembers).select(
      sql`select t.id as team_id, ${userId} as user_id, t.organization_id as organization_id, ${ctx.now} as created_at
        from teams t where t.organization_id = ${target.id} and t.is_default = 1 and ${won}`,
    ),
    ctx.db
      .update(invitations)
      .set({ organizationId: target.id })
      .where(and(eq(invitations.userId, userId), eq(invitations.state, 'open'), won)),
    event.statement,
  ])
  for (const { id } of keys) ctx.forgetCredential(id)
  if (!rows[0]) return fail(await whyNot(ctx, from, userId, input))
  ctx.announce(event.id)
  return ok({ name: person.name, organizationName: target.name })
}

const noSuchTarget = fieldError(
  'organizationId',
  'This organization does not exist any more, or is not active. Choose another one.',
)

/** Rules for a row of `users` that is still in `from`. */
function allowed(from: OrganizationId, userId: UserId, input: MoveDeveloperInput): SQL {
  return sql`${leavesASuperAdmin(from, userId)} and ${noOpenRequest(userId)} and ${targetIsActive(input)}
    and ${input.apps === 'pass' ? heirIsMember(from, userId, input) : sql`1`}`
}

/** Nobody is left behind without a super admin; the default organization needs none. */
function leavesASuperAdmin(from: OrganizationId, userId: UserId): SQL {
  return sql`(users.state <> 'active' or users.org_role <> 'super_admin' or ${hasOtherSuperAdmin(from, userId)}
    or not exists (select 1 from users peer where peer.organization_id = ${from} and peer.id <> ${userId})
    or exists (select 1 from organizations o where o.id = ${from} and o.is_default = 1))`
}

function noOpenRequest(userId: UserId): SQL {
  return sql`not exists (select 1 from organizations o where o.requested_by_id = ${userId} and o.state = 'pending')`
}

function targetIsActive(input: MoveDeveloperInput): SQL {
  return sql`exists (select 1 from organizations o where o.id = ${input.organizationId} and o.state = 'active')`
}

/** In the default organization people are strangers to each other: nobody inherits there. */
function heirIsMember(from: OrganizationId, userId: UserId, input: MoveDeveloperInput): SQL {
  return sql`exists (select 1 from users heir join organizations o on o.id = heir.organization_id and o.is_default = 0
    where heir.id = ${input.heirId ?? null} and heir.id <> ${userId} and heir.organization_id = ${from} and heir.state = 'active')`
}

async function whyNot(
  ctx: DomainContext,
  from: OrganizationId,
  userId: UserId,
  input: MoveDeveloperInput,
): Promise<DomainError> {
  const [row] = await ctx.db
    .select({
      isHere: sql<number>`${users.organizationId} = ${from}`,
      superAdmin: sql<number>`${leavesASuperAdmin(from, userId)}`,
      noRequest: sql<number>`${noOpenRequest(userId)}`,
      target: sql<number>`${targetIsActive(input)}`,
      heir: sql<number>`${heirIsMember(from, userId, input)}`,
    })
    .from(users)
    .where(eq(users.id, userId))
  if (!row) return domainError('not_found', 'There is no such developer (any more).')
  if (!row.isHere)
    return domainError(
      'already_decided',
      'Somebody moved this developer at the same moment. Load the page again.',
    )
  if (!row.superAdmin)
    return domainError(
      'last_super_admin',
      'This is the last super admin of an organization that has other members. Make somebody else a super admin first.',
    )
  if (!row.noRequest) {
    return domainError(
      'conflict',
      'This developer has asked for an organization. Approve or reject it first.',
    )
  }
  if (!row.target) return noSuchTarget
  if (input.apps === 'pass' && !row.heir) {
    return fieldError('heirId', 'Choose an active member of the organization that is left.')
  }
  return domainError('conflict', 'Something changed at the same moment. Load the page again.')
}
