// Opens a session for who knows the password of an active account. Unknown, wrong, invited, rejected and deactivated get
// one answer after the same work; only who has the right password learns that approval or verification is missing.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { fail, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import type { Settings } from '~/domain/settings/settings'
import { namedOrNull } from '~db/columns'
import { recordEvent } from '~db/record-event'
import { events, organizations, users } from '~db/schema'
import type { LogInInput } from './account'
import {
  addressOf,
  attemptLimit,
  clearAttempts,
  countAttempts,
  refundAttempt,
  refusedBy,
} from './attempts.server'
import { type NewSession, openSession } from './open-session.server'

const wrongCredentials = 'The email address or the password is not right. Check both and try again.'

/** An address from which the owner logged in within this time is not held to the account's own limit. */
const knownAddressMs = 30 * 86_400_000
/** A lost verification mail is sent again by logging in, at most this often. */
const verificationEveryMs = 600_000

/** `endedSession` is the hash of the session that came with the request: it ends, whoever it belonged to. */
export async function logIn(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  input: LogInInput,
  endedSession: string | null = null,
): Promise<Result<NewSession>> {
  const address = addressOf(ctx)
  const here = await attemptLimit(ctx, 'logInHere', emailKey(input.email), address)
  const account = await attemptLimit(ctx, 'logInAccount', emailKey(input.email))
  const anyone = await attemptLimit(ctx, 'logInAddress', address)
  const [counters, settingsRows, userRows] = await ctx.db.batch([
    countAttempts(ctx, [here, account, anyone]),
    settingsQuery(ctx.db),
    userQuery(ctx, input.email),
  ])
  const settings = settingsOf(settingsRows)
  const user = userRows[0]
  const tooMany = refusedBy(ctx, user?.knowsAddress ? [here, anyone] : [here, account, anyone], counters)
  if (tooMany) return fail(tooMany)

  const matches = await ctx.passwords.matches(input.password, user?.passwordHash ?? null)
  if (!matches.ok) return matches
  if (!user?.passwordHash || !matches.value) return fail(domainError('wrong_credentials', wrongCredentials))
  const refusal = refuseState(user, settings)
  if (refusal) {
    // Without this answer's code nothing may differ from a wrong password, the counters included.
    if (refusal.code !== 'wrong_credentials')
      await ctx.db.batch([clearAttempts(ctx, [here, account]), refundAttempt(ctx, anyone)])
    if (refusal.code === 'email_not_verified') await sendVerificationAgain(ctx, user)
    return fail(refusal)
  }
  const oldHash = user.passwordHash
  return openSession(ctx, {
    user,
    settings,
    endedSession,
    // A password that was reset, or an account that was closed, since it was read above opens nothing.
    onlyIf: sql`${users.passwordHash} = ${oldHash}`,
    newPasswordHash: await hashAgain(ctx, input.password, oldHash),
    secondFactorAt: null,
    refused: domainError('wrong_credentials', wrongCredentials),
    whenOpened: () => [clearAttempts(ctx, [here, account]), refundAttempt(ctx, anyone)],
  })
}

/** A new hash when the old one was made at another cost. While the machine is busy the old one stays: the next login tries again. */
async function hashAgain(ctx: DomainContext, password: string, oldHash: string): Promise<string | null> {
  if (!ctx.passwords.needsRehash(oldHash)) return null
  const hashed = await ctx.passwords.hash(password)
  return hashed.ok ? hashed.value : null
}

function userQuery(ctx: DomainContext, email: string) {
  return ctx.db
    .select({
      id: users.id,
      email: users.email,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('name'),
      role: users.role,
      state: users.state,
      organizationId: users.organizationId,
      orgRole: users.orgRole,
      passwordHash: users.passwordHash,
      mustChangePassword: users.mustChangePassword,
      emailVerifiedAt: users.emailVerifiedAt,
      inDefaultOrganization: namedOrNull(organizations.isDefault, 'in_default_organization'),
      knowsAddress: sql<number>`exists (select 1 from ${events} where ${events.subjectId} = ${users.id}
        and ${events.type} = 'user.logged_in' and ${events.ip} = ${ctx.source.ip} and ${events.createdAt} > ${ctx.now - knownAddressMs})`.as(
        'knows_address',
      ),
    })
    .from(users)
    .leftJoin(organizations, eq(organizations.id, users.organizationId))
    .where(eq(users.emailKey, emailKey(email)))
}

type UserRow = Awaited<ReturnType<typeof userQuery>>[number]

/** What somebody is told who gave the right password but may not come in. */
function refuseState(user: UserRow, settings: Settings): DomainError | null {
  if (user.state !== 'active' && user.state !== 'pending')
    return domainError('wrong_credentials', wrongCredentials)
  if (user.role === 'developer') {
    if (!settings.signInEnabled || settings.visibility === 'hidden')
      return domainError('sign_in_disabled', 'This portal is disabled')
    if (settings.requireEmailVerification && user.emailVerifiedAt === null) {
      return domainError(
        'email_not_verified',
        'Confirm your email address first: open the link in the mail that we have sent you. It may take some minutes to arrive.',
      )
    }
  }
  if (user.state === 'pending') {
    return domainError(
      'approval_pending',
      "An admin still has to approve your registration. You'll receive an email once it's been approved.",
    )
  }
  return null
}

async function sendVerificationAgain(ctx: DomainContext, user: UserRow): Promise<void> {
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
