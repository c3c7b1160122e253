// Before something that a stolen session must not do: the current password, once more. Wrong ones are counted.
import { eq } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import type { Settings } from '~/domain/settings/settings'
import { users } from '~db/schema'
import { type AttemptLimit, attemptLimit, countAttempts, refusedBy } from './attempts.server'

type Confirmed = {
  user: typeof users.$inferSelect & { passwordHash: string }
  settings: Settings
  /** To be cleared by the command's own batch. */
  limits: AttemptLimit[]
}

/** A wrong password answers an error on the field `currentPassword`; too many, `too_many_attempts`. */
export async function confirmIdentity(
  ctx: DomainContext<UserActor>,
  currentPassword: string,
): Promise<Result<Confirmed>> {
  const { userId } = ctx.actor
  const limits = [await attemptLimit(ctx, 'changePassword', userId)]
  const [counters, settingsRows, userRows] = await ctx.db.batch([
    countAttempts(ctx, limits),
    settingsQuery(ctx.db),
    ctx.db.select().from(users).where(eq(users.id, userId)),
  ])
  const tooMany = refusedBy(ctx, limits, counters)
  if (tooMany) return fail(tooMany)
  const [user] = userRows
  const matches = await ctx.passwords.matches(currentPassword, user?.passwordHash ?? null)
  if (!matches.ok) return matches
  if (!user?.passwordHash || !matches.value) {
    return fail(fieldError('currentPassword', 'This is not your current password. Try again.'))
  }
  return ok({
    user: { ...user, passwordHash: user.passwordHash },
    settings: settingsOf(settingsRows),
    limits,
  })
}
