// Who may open an account, and in which state it begins. An address that is taken gets the answer of a new one, at the
// price of the same work; its owner is told by mail. An invite code is used exactly as often as it allows.
import { and, eq, gt, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailKey, nameKey } from '~/domain/kernel/text'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import { recordEvent } from '~db/record-event'
import { attemptCounters, events, inviteCodes, users } from '~db/schema'
import type { RegisterDeveloperInput } from './account'
import { addressOf, attemptLimit, countAddressee, countAttempts, refusedBy } from './attempts.server'
import { inviteCodeHint } from './invite-code'
import { newPasswordError } from './new-password.server'
import { insertTeamMemberships, insertUser, userInserted } from './new-user.server'
import { tellOwner } from './tell-owner.server'
import { usableInviteCode } from './usable-invite-code.server'

export type Registration = { state: 'active' | 'pending'; mustVerifyEmail: boolean }

const codeProblem = 'This invite code cannot be used (any more). Check it, or leave the field empty.'

export async function registerDeveloper(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  input: RegisterDeveloperInput,
): Promise<Result<Registration>> {
  const codeKey = input.inviteCode ? nameKey(input.inviteCode) : null
  const limits = [await attemptLimit(ctx, 'registerAddress', addressOf(ctx))]
  const codeLimit = await attemptLimit(ctx, 'inviteCodeAddress', addressOf(ctx))

  const [counters, settingsRows, ownerRows, codeRows, codeCounters] = await ctx.db.batch([
    countAttempts(ctx, limits),
    settingsQuery(ctx.db),
    ctx.db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
        email: users.email,
      })
      .from(users)
      .where(eq(users.emailKey, emailKey(input.email))),
    ctx.db
      .select({ organizationId: inviteCodes.organizationId, code: inviteCodes.code })
      .from(inviteCodes)
      .where(usableInviteCode(ctx, codeKey)),
    ctx.db
      .select()
      .from(attemptCounters)
      .where(and(eq(attemptCounters.key, codeLimit.key), gt(attemptCounters.resetsAt, ctx.now))),
  ])
  const settings = settingsOf(settingsRows)
  if (!settings.registrationEnabled)
    return fail(domainError('registration_disabled', 'Registration is not allowed'))
  // A wrong code is counted below, so the next one is the first too many.
  const tooMany =
    refusedBy(ctx, limits, counters) ??
    (codeKey === null ? null : refusedBy(ctx, [{ ...codeLimit, limit: codeLimit.limit - 1 }], codeCounters))
  if (tooMany) return fail(tooMany)

  const passwordError = newPasswordError(settings, input, input.password)
  if (passwordError) return fail(passwordError)
  if (codeKey !== null && !codeRows[0]) {
    await countAttempts(ctx, [codeLimit])
    return fail(fieldError('inviteCode', codeProblem))
  }

  const approved = codeKey !== null || settings.autoApproveDevelopers
  const registration: Registration = {
    state: approved ? 'active' : 'pending',
    mustVerifyEmail: settings.requireEmailVerification,
  }
  const hashed = await ctx.passwords.hash(input.password)
  if (!hashed.ok) return hashed
  const passwordHash = hashed.value
  const owner = ownerRows[0]
  if (owner) {
    const told = tellOwner(ctx, owner)
    const addressee = await countAddressee(ctx, owner.email)
    const [rows] = await ctx.db.batch([told.statement.returning({ id: events.id }), addressee.statement])
    if (rows[0]) ctx.announce(told.id)
    return ok(registration)
  }

  const id = newId('usr', ctx.now)
  const data = { name: `${input.firstName} ${input.lastName}`, email: input.email, state: registration.state }
  const invited = codeRows[0]
  const registered = recordEvent(
    ctx,
    {
      type: 'user.registered',
      subjectType: 'user',
      subjectId: id,
      ...(invited
        ? {
            organizationId: invited.organizationId,
            data: { ...data, inviteCode: inviteCodeHint(invited.code) },
          }
        : { data }),
    },
    userInserted(id),
  )
  const verification = recordEvent(
    ctx,
    {
      type: 'user.verification_requested',
      subjectType: 'user',
      subjectId: id,
      data: { name: data.name, email: data.email },
    },
    registration.mustVerifyEmail ? userInserted(id) : sql`0`,
  )
  const organizationId =
    codeKey === null
      ? sql`(select id from organizations where is_default = 1)`
      : sql`(select organization_id from invite_codes where code_key = ${codeKey})`
  const [inserted] = await ctx.db.batch([
    insertUser(
      ctx,
      {
        id,
        email: input.email,
        firstName: input.firstName,
        lastName: input.lastName,
        state: registration.state,
        passwordHash,
        mustChangePassword: false,
        emailVerifiedAt: null,
        place: { organizationId, orgRole: 'team_member' },
      },
      codeKey === null
        ? sql`1`
        : sql`exists (select 1 from ${inviteCodes} where ${usableInviteCode(ctx, codeKey)})`,
    ),
    insertTeamMemberships(
      ctx,
      id,
      sql`t.id = (select team_id from invite_codes where code_key = ${codeKey})`,
    ),
    ctx.db
      .update(inviteCodes)
      .set({ uses: sql`${inviteCodes.uses} + 1` })
      .where(and(sql`${inviteCodes.codeKey} = ${codeKey}`, userInserted(id))),
    registered.statement,
    verification.statement,
  ])
  if (inserted[0]) {
    ctx.announce(registered.id)
    if (registration.mustVerifyEmail) ctx.announce(verification.id)
    return ok(registration)
  }
  // Lost: either the same person's other click made the account this very moment, or the last use of the code is gone.
  const taken = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.emailKey, emailKey(input.email)))
  return taken[0] ? ok(registration) : fail(fieldError('inviteCode', codeProblem))
}
