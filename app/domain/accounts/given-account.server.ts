// What an account stands on that somebody makes for another person: its password, and its address.
import { eq } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, fieldError } from '~/domain/kernel/errors'
import { ok, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { getSettings } from '~/domain/settings/queries.server'
import { users } from '~db/schema'
import { hashNewPassword } from './new-password.server'

type Given = { email: string; firstName: string; lastName: string; password: string | null }

/** Null without a password. The demo's well-known one is its own business. */
export async function hashGivenPassword(
  ctx: DomainContext<AdminActor | SystemActor>,
  given: Given,
): Promise<Result<string | null>> {
  if (given.password === null) return ok(null)
  if (ctx.actor.type === 'system') return ctx.passwords.hash(given.password)
  return hashNewPassword(ctx, await getSettings(ctx), given, given.password)
}

/** For people who may know who has an account: admins, and whoever sets the portal up. */
export async function addressTaken(ctx: DomainContext, email: string): Promise<DomainError | null> {
  const [row] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.emailKey, emailKey(email)))
  return row ? fieldError('email', 'This address has an account already. Use another one.', 'conflict') : null
}
