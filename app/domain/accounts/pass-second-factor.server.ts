// Opens the session of somebody who gave the right password before and now shows a second factor: once for each challenge,
// once for each code, and only while the password is still that one. The counters of wrong passwords are cleared only here.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, type Result } from '~/domain/kernel/result'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import { loginChallenges, users } from '~db/schema'
import { addressOf, attemptLimit, clearAttempts, refundAttempt } from './attempts.server'
import { entrantQuery } from './entrant.server'
import { refuseEntry } from './entry'
import { proveFactor, usedCode } from './factor-proof.server'
import { challengeOver, countTry } from './login-challenge.server'
import { type NewSession, openSession } from './open-session.server'
import type { ProveFactorInput } from './second-factor'

/** `endedSession` is the hash of the session that came with the request: it ends, whoever it belonged to. */
export async function passSecondFactor(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  challengeToken: string | null,
  input: ProveFactorInput,
  endedSession: string | null = null,
): Promise<Result<NewSession>> {
  if (!challengeToken) return fail(challengeOver)
  const tokenHash = await ctx.tokens.hash(challengeToken)
  const [challenges, settingsRows, entrants] = await ctx.db.batch([
    countTry(ctx, tokenHash),
    settingsQuery(ctx.db),
    entrantQuery(
      ctx,
      sql`${users.id} = (select user_id from login_challenges where token_hash = ${tokenHash})`,
    ),
  ])
  const [challenge] = challenges
  const [user] = entrants
  if (!challenge || !user?.passwordHash || user.passwordHash !== challenge.passwordHash)
    return fail(challengeOver)
  const settings = settingsOf(settingsRows)
  const refusal = refuseEntry(user, settings)
  if (refusal) return fail(refusal)

  const proof = await proveFactor(ctx, user.id, input, { challengeToken, purpose: 'second_factor' })
  if (!proof.ok) return proof
  const address = addressOf(ctx)
  const passwordTries = [
    await attemptLimit(ctx, 'logInHere', user.emailKey, address),
    await attemptLimit(ctx, 'logInAccount', user.emailKey),
  ]
  const anyone = await attemptLimit(ctx, 'logInAddress', address)
  return openSession(ctx, {
    user,
    settings,
    endedSession,
    onlyIf: sql`${users.passwordHash} = ${user.passwordHash} and ${proof.value.holds}
      and exists (select 1 from login_challenges where token_hash = ${tokenHash})`,
    newPasswordHash: null,
    secondFactor: proof.value.factor,
    refused: usedCode,
    whenOpened: (opened) => [
      ...proof.value.spend(opened),
      ctx.db.delete(loginChallenges).where(and(eq(loginChallenges.tokenHash, tokenHash), opened)),
      clearAttempts(ctx, passwordTries, opened),
      refundAttempt(ctx, anyone),
    ],
  })
}
