// The first step of turning on codes of an app: who knows the password gets a new secret to scan. It opens nothing until a
// right code confirms it, and an earlier one that was not confirmed is forgotten.
import { sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { twoFactorSecrets } from '~db/schema'
import { clearAttempts } from './attempts.server'
import { confirmIdentity } from './confirm-identity.server'
import { sealedFor } from './factors.server'
import type { BeginAuthenticatorInput } from './second-factor'

export async function beginAuthenticator(
  ctx: DomainContext<UserActor>,
  input: BeginAuthenticatorInput,
): Promise<Result<null>> {
  const { userId } = ctx.actor
  const confirmed = await confirmIdentity(ctx, input.currentPassword)
  if (!confirmed.ok) return confirmed
  const secretCipher = await ctx.vault.seal(ctx.totp.newSecret(), sealedFor(userId))
  const [rows] = await ctx.db.batch([
    ctx.db
      .insert(twoFactorSecrets)
      .values({ userId, secretCipher, createdAt: ctx.now })
      .onConflictDoUpdate({
        target: twoFactorSecrets.userId,
        set: { secretCipher, lastUsedStep: 0, createdAt: ctx.now },
        setWhere: sql`${twoFactorSecrets.confirmedAt} is null`,
      })
      .returning({ userId: twoFactorSecrets.userId }),
    clearAttempts(ctx, confirmed.value.limits),
  ])
  return rows[0] ? ok(null) : fail(domainError('conflict', 'The codes of an app are on already.'))
}
