// What the commands about invitations to an organization share. An invitation to an address that has an account elsewhere
// is held: it looks and behaves like the others, so an inviter learns nothing about who has an account.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { heldInvitations, users } from '~db/schema'
import { organizationInvitationsPerDay } from './invitation'

const dayMs = 86_400_000

/** The organization has mails left for today. */
export function organizationMayInvite(ctx: DomainContext<SuperAdminActor>): SQL {
  return sql`(select count(*) from events where organization_id = ${ctx.actor.organizationId} and type = 'user.invited'
    and created_at > ${ctx.now - dayMs}) < ${organizationInvitationsPerDay}`
}

export const tooManyInvitations: DomainError = domainError(
  'too_many_attempts',
  `Your organization has sent ${organizationInvitationsPerDay} invitations within a day. Try again tomorrow.`,
  { retryAfterSeconds: dayMs / 1000 },
)

export const invitingNotAllowed = domainError(
  'not_allowed',
  'Only super admins of an active organization can invite people.',
)

export function invitedMember(actor: SuperAdminActor, userId: UserId): SQL {
  return sql`${and(
    eq(users.id, userId),
    eq(users.organizationId, actor.organizationId),
    eq(users.state, 'invited'),
    sql`${users.passwordHash} is null`,
  )}`
}

export function heldInvitation(actor: SuperAdminActor, userId: UserId): SQL {
  return sql`${and(eq(heldInvitations.id, userId), eq(heldInvitations.organizationId, actor.organizationId))}`
}

/** Who was invited into the actor's organization and has not accepted; null for anybody else. */
export async function findInvited(ctx: DomainContext<SuperAdminActor>, userId: UserId) {
  const [invited, held] = await ctx.db.batch([
    ctx.db
      .select({ email: users.email, firstName: users.firstName, lastName: users.lastName })
      .from(users)
      .where(invitedMember(ctx.actor, userId)),
    ctx.db
      .select({
        email: heldInvitations.email,
        firstName: heldInvitations.firstName,
        lastName: heldInvitations.lastName,
        emailKey: heldInvitations.emailKey,
      })
      .from(heldInvitations)
      .where(heldInvitation(ctx.actor, userId)),
  ])
  const row = invited[0] ?? held[0]
  if (!row) return null
  return {
    name: `${row.firstName} ${row.lastName}`.trim(),
    email: row.email,
    heldKey: invited[0] ? null : (held[0]?.emailKey ?? null),
  }
}
