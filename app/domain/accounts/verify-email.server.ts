// Confirms an address by a mailed link. Only a press consumes it; pressing twice says twice that the address is confirmed.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { newDecisionId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { recordEvent } from '~db/record-event'
import { consumedTokens, users } from '~db/schema'
import type { UserState } from './account'
import { addressOf, attemptLimit, countAttempts, refusedBy } from './attempts.server'
import { discardLink, linkDead, readLink, usesOf } from './one-time-link.server'

const purpose = 'email_verification'

export async function verifyEmail(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  input: { token: string },
): Promise<Result<{ state: UserState }>> {
  const link = await readLink(ctx, purpose, input.token)
  if (!link.ok) return link
  const payload = link.value
  const tokenHash = await ctx.tokens.hash(input.token)
  const limits = [await attemptLimit(ctx, 'tokenAddress', addressOf(ctx))]
  const [counters, userRows] = await ctx.db.batch([
    countAttempts(ctx, limits),
    ctx.db
      .select()
      .from(users)
      .where(
        payload
          ? eq(users.id, payload.userId)
          : sql`${users.id} = (select user_id from consumed_tokens where token_hash = ${tokenHash} and purpose = ${purpose})`,
      ),
    usesOf(ctx, tokenHash),
  ])
  const tooMany = refusedBy(ctx, limits, counters)
  if (tooMany) return fail(tooMany)
  const user = userRows[0]
  if (!user || (payload?.email !== undefined && emailKey(payload.email) !== user.emailKey))
    return fail(linkDead)
  if (user.emailVerifiedAt !== null) return ok({ state: user.state })
  if (!payload) return fail(linkDead)

  const name = `${user.firstName} ${user.lastName}`.trim()
  const unverified = sql`exists (select 1 from ${users} where ${users.id} = ${user.id} and ${users.emailKey} = ${user.emailKey} and ${users.emailVerifiedAt} is null)`
  const event = recordEvent(
    ctx,
    {
      type: 'user.email_verified',
      subjectType: 'user',
      subjectId: user.id,
      data: { name, email: user.email },
    },
    unverified,
  )
  const [, , verified] = await ctx.db.batch([
    ctx.db.insert(consumedTokens).select(
      sql`select ${tokenHash} as token_hash, ${purpose} as purpose, ${newDecisionId(ctx.now)} as redemption_id, ${user.id} as user_id,
          ${ctx.now} as consumed_at where ${unverified} and not exists (select 1 from consumed_tokens where token_hash = ${tokenHash})`,
    ),
    event.statement,
    ctx.db
      .update(users)
      .set({ emailVerifiedAt: ctx.now })
      .where(and(eq(users.id, user.id), eq(users.emailKey, user.emailKey), isNull(users.emailVerifiedAt)))
      .returning({ id: users.id }),
  ])
  if (verified[0]) {
    ctx.announce(event.id)
    await discardLink(ctx, purpose, input.token)
  }
  return ok({ state: user.state })
}
