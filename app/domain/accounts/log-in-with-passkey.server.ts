// Opens a session for the owner of a passkey, without a password: the passkey is something one has, and finger, face or
// PIN unlock it, so it is both factors at once. Closed accounts and a closed portal stay closed.
import { sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, type Result } from '~/domain/kernel/result'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import { users } from '~db/schema'
import { addressOf, attemptLimit, countAttempts, refundAttempt, refusedBy } from './attempts.server'
import { entrantQuery } from './entrant.server'
import { refuseEntry } from './entry'
import { type NewSession, openSession } from './open-session.server'
import type { LogInWithPasskeyInput } from './passkey'
import { checkPasskey, passkeyRefused } from './passkey-proof.server'

/** `endedSession` is the hash of the session that came with the request: it ends, whoever it belonged to. */
export async function logInWithPasskey(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  challengeToken: string | null,
  input: LogInWithPasskeyInput,
  endedSession: string | null = null,
): Promise<Result<NewSession>> {
  const anyone = await attemptLimit(ctx, 'logInAddress', addressOf(ctx))
  const tooMany = refusedBy(ctx, [anyone], await countAttempts(ctx, [anyone]))
  if (tooMany) return fail(tooMany)
  const proof = await checkPasskey(ctx, {
    answer: input.passkeyToken,
    challengeToken,
    purpose: 'passkey_login',
    userId: null,
  })
  if (!proof.ok) return proof
  const [settingsRows, entrants] = await ctx.db.batch([
    settingsQuery(ctx.db),
    entrantQuery(ctx, sql`${users.id} = ${proof.value.userId}`),
  ])
  const settings = settingsOf(settingsRows)
  const [user] = entrants
  if (!user) return fail(passkeyRefused)
  const refusal = refuseEntry(user, settings)
  if (refusal) return fail(refusal.code === 'wrong_credentials' ? passkeyRefused : refusal)
  return openSession(ctx, {
    user,
    settings,
    endedSession,
    onlyIf: proof.value.holds,
    newPasswordHash: null,
    secondFactor: 'passkey',
    refused: passkeyRefused,
    whenOpened: (opened) => [...proof.value.spend(opened), refundAttempt(ctx, anyone)],
  })
}
