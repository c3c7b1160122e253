// What a passkey is asked to sign: a random challenge for one purpose, minutes long, and used once. Its cookie holds the
// token by which it is found again.
import { and, eq, gt } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { loginChallenges, passkeys } from '~db/schema'
import { type PasskeyQuestion, passkeySeconds } from './passkey'
import { newSessionToken } from './session-token'

export type ChallengePurpose = (typeof loginChallenges.$inferSelect)['purpose']

export type OpenedQuestion = PasskeyQuestion & { challengeToken: string; maxAgeSeconds: number }

/** Writes the challenge and answers what the browser needs. Without a user, any passkey of the portal may answer. */
export async function openQuestion(
  ctx: DomainContext,
  purpose: ChallengePurpose,
  userId: UserId | null,
): Promise<OpenedQuestion> {
  const challengeToken = newSessionToken()
  const challenge = newSessionToken()
  const [, known] = await ctx.db.batch([
    ctx.db.insert(loginChallenges).values({
      tokenHash: await ctx.tokens.hash(challengeToken),
      purpose,
      userId,
      challenge,
      expiresAt: ctx.now + passkeySeconds * 1000,
      createdAt: ctx.now,
    }),
    ctx.db
      .select({ id: passkeys.credentialId, transports: passkeys.transports })
      .from(passkeys)
      .where(eq(passkeys.userId, userId ?? 'usr_nobody')),
  ])
  return { challengeToken, maxAgeSeconds: passkeySeconds, challenge, known }
}

/** The challenge of that token, for a batch; no row when it is over or was for something else. */
export function challengeQuery(ctx: DomainContext, tokenHash: string, purpose: ChallengePurpose) {
  return ctx.db
    .select({ userId: loginChallenges.userId, challenge: loginChallenges.challenge })
    .from(loginChallenges)
    .where(
      and(
        eq(loginChallenges.tokenHash, tokenHash),
        eq(loginChallenges.purpose, purpose),
        gt(loginChallenges.expiresAt, ctx.now),
      ),
    )
}
