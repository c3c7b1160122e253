// What somebody sees of the own account, in one trip.
import { eq, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { named, namedOrNull } from '~db/columns'
import { emailChanges, users } from '~db/schema'
import { mailTimingsOf } from './mail-choices'
import { sessionsQuery } from './queries-sessions.server'

export async function getProfile(ctx: DomainContext<UserActor>) {
  const { userId } = ctx.actor
  const [rows, sessionRows] = await ctx.db.batch([
    ctx.db
      .select({
        firstName: users.firstName,
        lastName: users.lastName,
        email: named(users.email, 'own_email'),
        createdAt: named(users.createdAt, 'user_created_at'),
        passwordChangedAt: users.passwordChangedAt,
        notifyRequests: users.notifyRequests,
        notifyExpiry: users.notifyExpiry,
        notifyUsers: users.notifyUsers,
        notifyAccess: users.notifyAccess,
        notifyOrganizations: users.notifyOrganizations,
        dailyMails: users.dailyMails,
        waitingEmail: namedOrNull(emailChanges.email, 'waiting_email'),
        waitingUntil: namedOrNull(emailChanges.expiresAt, 'waiting_until'),
        hasTwoFactor:
          sql<boolean>`exists (select 1 from two_factor_secrets f where f.user_id = ${users.id} and f.confirmed_at is not null)`
            .mapWith(Boolean)
            .as('has_two_factor'),
        recoveryCodes:
          sql<number>`(select count(*) from recovery_codes c where c.user_id = ${users.id} and c.used_at is null)`.as(
            'recovery_code_count',
          ),
        passkeys: sql<number>`(select count(*) from passkeys k where k.user_id = ${users.id})`.as(
          'passkey_count',
        ),
      })
      .from(users)
      .leftJoin(emailChanges, eq(emailChanges.userId, users.id))
      .where(eq(users.id, userId)),
    sessionsQuery(ctx, userId),
  ])
  const [row] = rows
  if (!row) throw new NotFoundError('profile')
  const { waitingEmail, waitingUntil, ...profile } = row
  return {
    ...profile,
    mails: mailTimingsOf(profile),
    waitingEmail: waitingEmail !== null && (waitingUntil ?? 0) > ctx.now ? waitingEmail : null,
    sessions: sessionRows,
  }
}
