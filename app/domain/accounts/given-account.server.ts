// Checks of an account that somebody makes for another person.
import { eq } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, fieldError } from '~/domain/kernel/errors'
import { emailKey } from '~/domain/kernel/text'
import { getSettings } from '~/domain/settings/queries.server'
import { users } from '~db/schema'
import { passwordProblem } from './password-policy'

type Given = { email: string; firstName: string; lastName: string; password: string | null }

/** The demo's well-known password is its own business. */
export async function checkGivenPassword(
  ctx: DomainContext<AdminActor | SystemActor>,
  given: Given,
): Promise<DomainError | null> {
  if (given.password === null || ctx.actor.type === 'system') return null
  const settings = await getSettings(ctx)
  const problem = passwordProblem(given.password, {
    ...given,
    minLength: settings.passwordMinLength,
    portalName: settings.portalName,
  })
  return problem ? fieldError('password', problem) : null
}

/** For people who may know who has an account: admins, and whoever sets the portal up. */
export async function addressTaken(ctx: DomainContext, email: string): Promise<DomainError | null> {
  const [row] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.emailKey, emailKey(email)))
  return row ? fieldError('email', 'This address has an account already. Use another one.', 'conflict') : null
}
