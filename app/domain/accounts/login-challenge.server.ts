// The step between the password and the second factor. Its token is in a cookie only; it lives for minutes, takes a few
// tries, works once, and dies when the password changes.
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { loginChallenges, users } from '~db/schema'
import type { Entrant } from './entrant.server'
import { wrongCredentials } from './entry'
import { challengeSeconds, triesPerChallenge } from './second-factor'
import { newSessionToken } from './session-token'

export type SecondFactorNeeded = {
  /** For the cookie alone: it is kept nowhere. */
  challengeToken: string
  maxAgeSeconds: number
}

export const challengeOver = domainError(
  'token_invalid',
  'That took too long or too many tries. Log in again.',
)

/** After the right password: no session yet, but the right to show a second factor. */
export async function openChallenge(
  ctx: DomainContext,
  user: Entrant & { passwordHash: string },
  newPasswordHash: string | null,
): Promise<Result<SecondFactorNeeded>> {
  const challengeToken = newSessionToken()
  const tokenHash = await ctx.tokens.hash(challengeToken)
  const { id, passwordHash } = user
  const opened = sql`exists (select 1 from login_challenges where token_hash = ${tokenHash})`
  const [rows] = await ctx.db.batch([
    ctx.db
      .insert(loginChallenges)
      .select(
        sql`select ${tokenHash} as token_hash, 'second_factor' as purpose, ${users.id} as user_id, ${newSessionToken()} as challenge,
          ${newPasswordHash ?? passwordHash} as password_hash, 0 as attempts, ${ctx.now + challengeSeconds * 1000} as expires_at,
          ${ctx.now} as created_at
          from ${users} where ${users.id} = ${id} and ${users.state} = 'active' and ${users.passwordHash} = ${passwordHash}`,
      )
      .returning({ tokenHash: loginChallenges.tokenHash }),
    ctx.db
      .update(users)
      .set({ passwordHash: newPasswordHash ?? passwordHash })
      .where(and(eq(users.id, id), opened)),
  ])
  return rows[0] ? ok({ challengeToken, maxAgeSeconds: challengeSeconds }) : fail(wrongCredentials)
}

function alive(ctx: DomainContext, tokenHash: string) {
  return and(
    eq(loginChallenges.tokenHash, tokenHash),
    eq(loginChallenges.purpose, 'second_factor'),
    gt(loginChallenges.expiresAt, ctx.now),
  )
}

/** Counts a try on a challenge and answers it, for a batch; no row when it is over. */
export function countTry(ctx: DomainContext, tokenHash: string) {
  return ctx.db
    .update(loginChallenges)
    .set({ attempts: sql`${loginChallenges.attempts} + 1` })
    .where(and(alive(ctx, tokenHash), lt(loginChallenges.attempts, triesPerChallenge)))
    .returning()
}

/** What the page for the second factor offers; null when there is no challenge or it is over. Reads only. */
export async function findChallenge(ctx: DomainContext, token: string | null) {
  if (!token) return null
  const tokenHash = await ctx.tokens.hash(token)
  // Columns are named with their table by hand: drizzle leaves it out here, and the inner tables have a `user_id` too.
  const [row] = await ctx.db
    .select({
      challenge: loginChallenges.challenge,
      userId: loginChallenges.userId,
      hasApp:
        sql<boolean>`exists (select 1 from two_factor_secrets f where f.user_id = login_challenges.user_id and f.confirmed_at is not null)`.mapWith(
          Boolean,
        ),
      recoveryCodes: sql<number>`(select count(*) from recovery_codes c where c.user_id = login_challenges.user_id and c.used_at is null)`,
      passkeys: sql<
        { id: string; transports: string[] }[]
      >`(select json_group_array(json_object('id', k.credential_id, 'transports', json(k.transports)))
        from passkeys k where k.user_id = login_challenges.user_id)`.mapWith(JSON.parse),
    })
    .from(loginChallenges)
    .where(and(alive(ctx, tokenHash), lt(loginChallenges.attempts, triesPerChallenge)))
  return row ?? null
}
