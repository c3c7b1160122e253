// Checks the answer of a passkey without using it up: signature, origin, the person's presence (by finger, face or PIN)
// and the counter. The caller's batch spends the challenge and moves the counter on, so that one answer counts once.
import { and, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { loginChallenges, passkeys } from '~db/schema'
import type { FactorProof } from './factor-proof.server'
import { type ChallengePurpose, challengeQuery } from './passkey-challenge.server'

export const passkeyRefused = domainError(
  'wrong_credentials',
  'This passkey was not accepted. Try again, or take another way.',
)

type Asked = {
  answer: string
  challengeToken: string | null
  purpose: ChallengePurpose
  /** Whose passkey it must be; null where the passkey itself says who it is. */
  userId: UserId | null
}

export async function checkPasskey(
  ctx: DomainContext,
  { answer, challengeToken, purpose, userId }: Asked,
): Promise<Result<FactorProof & { userId: UserId }>> {
  const read = ctx.passkeys.readAnswer(answer)
  if (!read || !challengeToken) return fail(passkeyRefused)
  const tokenHash = await ctx.tokens.hash(challengeToken)
  const [challenges, rows] = await ctx.db.batch([
    challengeQuery(ctx, tokenHash, purpose),
    ctx.db.select().from(passkeys).where(eq(passkeys.credentialId, read.credentialId)),
  ])
  const challenge = challenges[0]
  const [passkey] = rows
  if (!challenge?.challenge || challenge.userId !== userId || !passkey) return fail(passkeyRefused)
  if (userId !== null && passkey.userId !== userId) return fail(passkeyRefused)
  // Without a user of its own, the question was put to anybody: the authenticator must name the owner itself.
  if (userId === null && read.userHandle !== passkey.userId) return fail(passkeyRefused)
  const verified = await ctx.passkeys.verifyAnswer(answer, challenge.challenge, passkey)
  if (!verified) return fail(passkeyRefused)
  const { signCount, backedUp } = verified
  return ok({
    factor: 'passkey',
    userId: passkey.userId,
    // An authenticator that counts must count on: an equal or lower count is a copy (WebAuthn Level 3, §6.1.1).
    holds: sql`exists (select 1 from passkeys where id = ${passkey.id} and (sign_count < ${signCount} or (sign_count = 0 and ${signCount} = 0)))
      and exists (select 1 from login_challenges where token_hash = ${tokenHash})`,
    spend: (won) => [
      ctx.db
        .update(passkeys)
        .set({ signCount, backedUp, lastUsedAt: ctx.now })
        .where(and(eq(passkeys.id, passkey.id), won)),
      ctx.db.delete(loginChallenges).where(and(eq(loginChallenges.tokenHash, tokenHash), won)),
    ],
  })
}
