// Chooses a new password with a mailed link. The link works once, only while it is the newest, and ends every session.
// The same form sent twice answers twice that it worked; whoever else comes later is told that the link was used.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import { recordEvent } from '~db/record-event'
import { consumedTokens, sessions, users } from '~db/schema'
import type { ResetPasswordInput } from './account'
import { addressOf, attemptLimit, clearAttempts, countAttempts, refusedBy } from './attempts.server'
import { hashNewPassword } from './new-password.server'
import { discardLink, linkDead, linkUsed, readLink, usesOf } from './one-time-link.server'

const purpose = 'password_reset'

export async function resetPassword(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  input: ResetPasswordInput,
): Promise<Result<null>> {
  const link = await readLink(ctx, purpose, input.token)
  if (!link.ok) return link
  const payload = link.value
  const tokenHash = await ctx.tokens.hash(input.token)
  const limits = [await attemptLimit(ctx, 'tokenAddress', addressOf(ctx))]
  const [counters, settingsRows, uses, userRows] = await ctx.db.batch([
    countAttempts(ctx, limits),
    settingsQuery(ctx.db),
    usesOf(ctx, tokenHash),
    ctx.db
      .select()
      .from(users)
      .where(eq(users.id, payload?.userId ?? 'usr_nobody')),
  ])
  const tooMany = refusedBy(ctx, limits, counters)
  if (tooMany) return fail(tooMany)
  const use = uses[0]
  if (use) return use.redemptionId === input.redemptionId ? ok(null) : fail(linkUsed)
  const user = userRows[0]
  if (!payload || user?.state !== 'active' || user.resetVersion !== payload.version) return fail(linkDead)

  const settings = settingsOf(settingsRows)
  const hashed = await hashNewPassword(ctx, settings, user, input.password)
  if (!hashed.ok) return hashed
  const passwordHash = hashed.value
  // Holds between the use and the new password: the version that the link was made for, spent by this very form.
  const won = sql`exists (select 1 from ${users} where ${users.id} = ${user.id} and ${users.state} = 'active' and ${users.resetVersion} = ${payload.version})
    and exists (select 1 from ${consumedTokens} where ${consumedTokens.tokenHash} = ${tokenHash} and ${consumedTokens.redemptionId} = ${input.redemptionId})`
  const name = `${user.firstName} ${user.lastName}`.trim()
  const event = recordEvent(
    ctx,
    {
      type: 'user.password_changed',
      subjectType: 'user',
      subjectId: user.id,
      data: { name, email: user.email, by: 'reset link' },
    },
    won,
  )
  const [, , , changed] = await ctx.db.batch([
    ctx.db.insert(consumedTokens).select(
      sql`select ${tokenHash} as token_hash, ${purpose} as purpose, ${input.redemptionId} as redemption_id, id as user_id, ${ctx.now} as consumed_at
        from users where id = ${user.id} and state = 'active' and reset_version = ${payload.version}
        and not exists (select 1 from consumed_tokens where token_hash = ${tokenHash})`,
    ),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, user.id), won)),
    event.statement,
    ctx.db
      .update(users)
      .set({
        passwordHash,
        passwordChangedAt: ctx.now,
        mustChangePassword: false,
        resetVersion: sql`${users.resetVersion} + 1`,
        // Whoever opened the mailed link reads that mailbox.
        emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, ${ctx.now})`,
      })
      .where(and(eq(users.id, user.id), won))
      .returning({ id: users.id }),
    clearAttempts(ctx, [await attemptLimit(ctx, 'logInAccount', user.emailKey)]),
  ])
  if (!changed[0]) {
    const [first] = await usesOf(ctx, tokenHash)
    if (first?.redemptionId === input.redemptionId) return ok(null)
    return fail(first ? linkUsed : linkDead)
  }
  ctx.announce(event.id)
  await discardLink(ctx, purpose, input.token)
  return ok(null)
}

/** Whether the form for a new password should be shown at all. Reads only; the link is as good afterwards as before. */
export async function checkResetLink(ctx: DomainContext, token: string): Promise<Result<null>> {
  const link = await readLink(ctx, purpose, token)
  if (!link.ok) return link
  const [uses, userRows] = await ctx.db.batch([
    usesOf(ctx, await ctx.tokens.hash(token)),
    ctx.db
      .select({ state: users.state, resetVersion: users.resetVersion })
      .from(users)
      .where(eq(users.id, link.value?.userId ?? 'usr_nobody')),
  ])
  if (uses[0]) return fail(linkUsed)
  const user = userRows[0]
  return user?.state === 'active' && user.resetVersion === link.value?.version ? ok(null) : fail(linkDead)
}
