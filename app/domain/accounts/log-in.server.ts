// Opens a session for who knows the password of an active account. Unknown, wrong, invited, rejected and deactivated get
// one answer after the same work; only who has the right password learns that approval or verification is missing.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import type { Settings } from '~/domain/settings/settings'
import { namedOrNull } from '~db/columns'
import { recordEvent } from '~db/record-event'
import { events, organizations, sessions, users } from '~db/schema'
import type { LogInInput } from './account'
import {
  type AttemptLimit,
  addressOf,
  attemptLimit,
  clearAttempts,
  countAttempts,
  refundAttempt,
  refusedBy,
} from './attempts.server'
import { newSessionToken } from './session-token'

export type NewSession = {
  /** For the cookie alone: it is kept nowhere. */
  token: string
  maxAgeSeconds: number
  role: 'admin' | 'developer'
  mustChangePassword: boolean
}

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

  const correct = await ctx.passwords.verify(input.password, user?.passwordHash ?? null)
  if (!user?.passwordHash || !correct) return fail(domainError('wrong_credentials', wrongCredentials))
  const refusal = refuseState(user, settings)
  if (refusal) {
    // Without this answer's code nothing may differ from a wrong password, the counters included.
    if (refusal.code !== 'wrong_credentials')
      await ctx.db.batch([clearAttempts(ctx, [here, account]), refundAttempt(ctx, anyone)])
    if (refusal.code === 'email_not_verified') await sendVerificationAgain(ctx, user)
    return fail(refusal)
  }
  return openSession(ctx, {
    user,
    settings,
    password: input.password,
    endedSession,
    limits: { own: [here, account], shared: anyone },
  })
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

type Opening = {
  user: UserRow
  settings: Settings
  password: string
  endedSession: string | null
  limits: { own: AttemptLimit[]; shared: AttemptLimit }
}

async function openSession(ctx: DomainContext, opening: Opening): Promise<Result<NewSession>> {
  const { user, settings, endedSession, limits } = opening
  const oldHash = user.passwordHash ?? ''
  const token = newSessionToken()
  const tokenHash = await ctx.tokens.hash(token)
  const sessionId = newId('ses', ctx.now)
  const idleSeconds = user.role === 'admin' ? settings.adminIdleSeconds : settings.developerIdleSeconds
  const newHash = ctx.passwords.needsRehash(oldHash) ? await ctx.passwords.hash(opening.password) : oldHash
  const opened = sql`exists (select 1 from ${sessions} where ${sessions.tokenHash} = ${tokenHash})`
  const event = recordEvent(
    { ...ctx, actor: actorOf(user, sessionId) },
    {
      type: 'user.logged_in',
      subjectType: 'user',
      subjectId: user.id,
      data: { name: user.name, email: user.email },
    },
    opened,
  )
  const { userAgent, ip, country } = ctx.source
  const [rows] = await ctx.db.batch([
    // A password that was reset, or an account that was closed, since it was read above opens nothing.
    ctx.db
      .insert(sessions)
      .select(
        sql`select ${tokenHash} as token_hash, ${sessionId} as id, id as user_id, ${ctx.now} as created_at, ${ctx.now} as last_seen_at,
          ${idleSeconds} as idle_seconds, ${ctx.now + settings.sessionLifetimeSeconds * 1000} as expires_at,
          ${ctx.now} as authenticated_at, ${userAgent} as user_agent, ${ip} as ip, ${country} as country, null as second_factor_at
          from users where id = ${user.id} and state = 'active' and password_hash = ${oldHash}`,
      )
      .returning({ id: sessions.id }),
    event.statement,
    ctx.db
      .update(users)
      .set({ lastLoginAt: ctx.now, passwordHash: newHash })
      .where(and(eq(users.id, user.id), opened)),
    ctx.db.delete(sessions).where(and(sql`${sessions.tokenHash} = ${endedSession}`, opened)),
    clearAttempts(ctx, limits.own),
    refundAttempt(ctx, limits.shared),
  ])
  if (!rows[0]) return fail(domainError('wrong_credentials', wrongCredentials))
  ctx.announce(event.id)
  return ok({
    token,
    maxAgeSeconds: settings.sessionLifetimeSeconds,
    role: user.role,
    mustChangePassword: user.mustChangePassword,
  })
}

function actorOf(user: UserRow, sessionId: `ses_${string}`): AdminActor | DeveloperActor {
  const shared = { userId: user.id, name: user.name, email: user.email, sessionId }
  if (user.role === 'admin' || !user.organizationId || !user.orgRole) return { type: 'admin', ...shared }
  return {
    type: 'developer',
    ...shared,
    organizationId: user.organizationId,
    orgRole: user.orgRole,
    teamIds: [],
    inDefaultOrganization: user.inDefaultOrganization === true,
  }
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
