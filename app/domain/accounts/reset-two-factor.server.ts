// An admin takes away the second factors of somebody who has lost them: app, passkeys and recovery codes go, every session
// ends, and the owner is told. Nobody does it for oneself: that way needs the factor.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { loginChallenges, passkeys, recoveryCodes, sessions, twoFactorSecrets, users } from '~db/schema'
import { hasSecondFactor } from './factors.server'
import { findPerson } from './person.server'

export async function resetTwoFactor(
  ctx: DomainContext<AdminActor>,
  userId: UserId,
): Promise<Result<{ name: string }>> {
  const person = await findPerson(ctx, userId)
  if (!person) return fail(domainError('not_found', 'There is no such user.'))
  if (userId === ctx.actor.userId)
    return fail(domainError('not_allowed', 'Change your own second factors on your profile.'))
  const event = recordEvent(
    ctx,
    {
      type: 'user.two_factor_changed',
      subjectType: 'user',
      subjectId: userId,
      organizationId: person.organizationId,
      data: { name: person.name, email: person.email, enabled: false },
    },
    sql`exists (select 1 from ${users} where ${users.id} = ${userId} and ${hasSecondFactor})`,
  )
  const won = sql`exists (select 1 from events where id = ${event.id})`
  const [rows] = await ctx.db.batch([
    event.statement.returning({ id: sql<string>`id` }),
    ctx.db.delete(twoFactorSecrets).where(and(eq(twoFactorSecrets.userId, userId), won)),
    ctx.db.delete(passkeys).where(and(eq(passkeys.userId, userId), won)),
    ctx.db.delete(recoveryCodes).where(and(eq(recoveryCodes.userId, userId), won)),
    ctx.db.delete(loginChallenges).where(and(eq(loginChallenges.userId, userId), won)),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, userId), won)),
  ])
  if (!rows[0]) return fail(domainError('already_decided', `${person.name} has no second factor any more.`))
  ctx.announce(event.id)
  return ok({ name: person.name })
}
