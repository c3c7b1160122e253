// Set-up: makes the first admin, for whoever knows the deployment's set-up token. Works while there is no admin at all,
// active or not, and of two who try at once only one becomes admin. Afterwards it does not exist.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { newId, type UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { settingsOf, settingsQuery } from '~/domain/settings/queries.server'
import { recordEvent } from '~db/record-event'
import { users } from '~db/schema'
import type { CreateFirstAdminInput } from './account'
import { addressOf, attemptLimit, countAttempts, refusedBy } from './attempts.server'
import { addressTaken } from './given-account.server'
import { hashNewPassword } from './new-password.server'
import { insertUser, userInserted } from './new-user.server'

/** `isSetupToken` compares in constant time; false for everything when the deployment has no token. */
export async function createFirstAdmin(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  input: CreateFirstAdminInput,
  isSetupToken: (token: string) => Promise<boolean>,
): Promise<Result<{ userId: UserId }>> {
  const limits = [await attemptLimit(ctx, 'setupAddress', addressOf(ctx))]
  const [counters, settingsRows, admins] = await ctx.db.batch([
    countAttempts(ctx, limits),
    settingsQuery(ctx.db),
    anyAdmin(ctx),
  ])
  if (admins[0]) return fail(domainError('not_found', 'This portal is set up already.'))
  const tooMany = refusedBy(ctx, limits, counters)
  if (tooMany) return fail(tooMany)
  if (!(await isSetupToken(input.setupToken))) {
    return fail(
      fieldError(
        'setupToken',
        'This is not the set-up token of this deployment. Check it and try again.',
        'not_allowed',
      ),
    )
  }
  const settings = settingsOf(settingsRows)
  const hashed = await hashNewPassword(ctx, settings, input, input.password)
  if (!hashed.ok) return hashed

  const id = newId('usr', ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: 'admin.created',
      subjectType: 'user',
      subjectId: id,
      data: { name: `${input.firstName} ${input.lastName}`, email: input.email, by: 'set-up' },
    },
    userInserted(id),
  )
  const [inserted] = await ctx.db.batch([
    insertUser(
      ctx,
      {
        id,
        email: input.email,
        firstName: input.firstName,
        lastName: input.lastName,
        state: 'active',
        passwordHash: hashed.value,
        mustChangePassword: false,
        emailVerifiedAt: ctx.now,
        place: null,
      },
      sql`not exists (select 1 from users where role = 'admin')`,
    ),
    event.statement,
  ])
  if (!inserted[0]) {
    return fail(
      (await addressTaken(ctx, input.email)) ??
        domainError('already_decided', 'Somebody else has just made the first admin.'),
    )
  }
  ctx.announce(event.id)
  return ok({ userId: id })
}

/** Whether set-up is still to be done. */
export async function needsSetup(ctx: DomainContext): Promise<boolean> {
  return (await anyAdmin(ctx)).length === 0
}

function anyAdmin(ctx: DomainContext) {
  return ctx.db.select({ id: users.id }).from(users).where(eq(users.role, 'admin')).limit(1)
}
