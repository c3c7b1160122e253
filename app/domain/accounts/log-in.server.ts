// Opens a session for who knows the password of an active account. Unknown, wrong, invited, rejected and deactivated get
// one answer after the same work; only who has the right password learns that approval, verification or a second factor
// is missing. With a second factor the password opens no session, but the step that asks for it.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import { recordEvent } from '~db/record-event'
import { users } from '~db/schema'
import type { LogInInput } from './account'
import {
  addressOf,
  attemptLimit,
  clearAttempts,
  countAttempts,
  refundAttempt,
  refusedBy,
} from './attempts.server'
import { type Entrant, entrantQuery } from './entrant.server'
import { refuseEntry, wrongCredentials } from './entry'
import { hasSecondFactor } from './factors.server'
import { openChallenge, type SecondFactorNeeded } from './login-challenge.server'
import { type NewSession, openSession } from './open-session.server'

/** A lost verification mail is sent again by logging in, at most this often. */
const verificationEveryMs = 600_000

/** `endedSession` is the hash of the session that came with the request: it ends, whoever it belonged to. */
export async function logIn(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  input: LogInInput,
  endedSession: string | null = null,
): Promise<Result<NewSession | SecondFactorNeeded>> {
  const address = addressOf(ctx)
  const here = await attemptLimit(ctx, 'logInHere', emailKey(input.email), address)
  const account = await attemptLimit(ctx, 'logInAccount', emailKey(input.email))
  const anyone = await attemptLimit(ctx, 'logInAddress', address)
  const [counters, settingsRows, userRows] = await ctx.db.batch([
    countAttempts(ctx, [here, account, anyone]),
    settingsQuery(ctx.db),
    entrantQuery(ctx, eq(users.emailKey, emailKey(input.email))),
  ])
  const settings = settingsOf(settingsRows)
  const user = userRows[0]
  const tooMany = refusedBy(ctx, user?.knowsAddress ? [here, anyone] : [here, account, anyone], counters)
  if (tooMany) return fail(tooMany)

  const matches = await ctx.passwords.matches(input.password, user?.passwordHash ?? null)
  if (!matches.ok) return matches
  if (!user?.passwordHash || !matches.value) return fail(wrongCredentials)
  const refusal = refuseEntry(user, settings)
  if (refusal) {
    // Without this answer's code nothing may differ from a wrong password, the counters included.
    if (refusal.code !== 'wrong_credentials')
      await ctx.db.batch([clearAttempts(ctx, [here, account]), refundAttempt(ctx, anyone)])
    if (refusal.code === 'email_not_verified') await sendVerificationAgain(ctx, user)
    return fail(refusal)
  }
  const oldHash = user.passwordHash
  const newPasswordHash = await hashAgain(ctx, input.password, oldHash)
  // The tries stay counted: whoever knows the password alone must not get a new set of them with each log-in.
  if (user.hasSecondFactor) return openChallenge(ctx, { ...user, passwordHash: oldHash }, newPasswordHash)
  return openSession(ctx, {
    user,
    settings,
    endedSession,
    // A password that was reset, a factor that was added, or an account that was closed since then: nothing opens.
    onlyIf: sql`${users.passwordHash} = ${oldHash} and not ${hasSecondFactor}`,
    newPasswordHash,
    secondFactor: null,
    refused: wrongCredentials,
    whenOpened: () => [clearAttempts(ctx, [here, account]), refundAttempt(ctx, anyone)],
  })
}

/** A new hash when the old one was made at another cost. While the machine is busy the old one stays: the next login tries again. */
async function hashAgain(ctx: DomainContext, password: string, oldHash: string): Promise<string | null> {
  if (!ctx.passwords.needsRehash(oldHash)) return null
  const hashed = await ctx.passwords.hash(password)
  return hashed.ok ? hashed.value : null
}

async function sendVerificationAgain(ctx: DomainContext, user: Entrant): Promise<void> {
  const event = recordEvent(
    ctx,
    {
      type: 'user.verification_requested',
      subjectType: 'user',
      subjectId: user.id,
      data: { name: user.name, email: user.email },
    },
    sql`not exists (select 1 from events where subject_id = ${user.id} and type = 'user.verification_requested'
      and created_at > ${ctx.now - verificationEveryMs})`,
  )
  const [inserted] = await ctx.db.batch([event.statement.returning({ id: sql<string>`id` })])
  if (inserted[0]) ctx.announce(event.id)
}
