// Changes one's own password: needs the current one, takes a different one, ends every other session and every reset link.
import { and, eq, ne, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { sessions, users } from '~db/schema'
import type { ChangePasswordInput } from './account'
import { clearAttempts } from './attempts.server'
import { confirmIdentity } from './confirm-identity.server'
import { hashNewPassword } from './new-password.server'

export async function changePassword(
  ctx: DomainContext<UserActor>,
  input: ChangePasswordInput,
): Promise<Result<null>> {
  const { userId, sessionId, name, email } = ctx.actor
  const confirmed = await confirmIdentity(ctx, input.currentPassword)
  if (!confirmed.ok) return confirmed
  const { user, settings, limits } = confirmed.value
  if (input.password === input.currentPassword) {
    return fail(fieldError('password', 'This is your current password. Choose a different one.'))
  }
  const hashed = await hashNewPassword(ctx, settings, user, input.password)
  if (!hashed.ok) return hashed
  // The new hash has a salt of its own, so it marks this very change.
  const passwordHash = hashed.value
  const changed = sql`exists (select 1 from ${users} where ${users.id} = ${userId} and ${users.passwordHash} = ${passwordHash})`
  const event = recordEvent(
    ctx,
    {
      type: 'user.password_changed',
      subjectType: 'user',
      subjectId: userId,
      data: { name, email, by: 'profile' },
    },
    changed,
  )
  const [rows] = await ctx.db.batch([
    ctx.db
      .update(users)
      .set({
        passwordHash,
        passwordChangedAt: ctx.now,
        mustChangePassword: false,
        resetVersion: sql`${users.resetVersion} + 1`,
      })
      .where(and(eq(users.id, userId), eq(users.passwordHash, user.passwordHash)))
      .returning({ id: users.id }),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, sessionId), changed)),
    event.statement,
    clearAttempts(ctx, limits),
  ])
  if (!rows[0])
    return fail(domainError('conflict', 'Your password was changed elsewhere a moment ago. Log in again.'))
  ctx.announce(event.id)
  return ok(null)
}
