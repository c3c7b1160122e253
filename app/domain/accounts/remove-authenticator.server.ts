// Turns off codes of an app: needs the password and a second factor. When no passkey remains, two-factor is off and the
// recovery codes go too; an admin who must have a second factor keeps the last one.
import { and, eq, ne, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recoveryCodes, sessions, twoFactorSecrets, users } from '~db/schema'
import { clearAttempts } from './attempts.server'
import { confirmIdentity } from './confirm-identity.server'
import { recordFactorChange } from './factor-change.server'
import { proveFactor } from './factor-proof.server'
import { hasPasskey, needsSecondFactor } from './factors.server'
import type { ChangeFactorsInput } from './second-factor'
import { whyNotRemoved } from './why-not-removed.server'

export async function removeAuthenticator(
  ctx: DomainContext<UserActor>,
  input: ChangeFactorsInput,
  challengeToken: string | null = null,
): Promise<Result<{ on: boolean }>> {
  const { userId, sessionId } = ctx.actor
  const confirmed = await confirmIdentity(ctx, input.currentPassword)
  if (!confirmed.ok) return confirmed
  const proof = await proveFactor(ctx, userId, input, { challengeToken, purpose: 'factor_proof' })
  if (!proof.ok) return proof
  const alone = sql`exists (select 1 from ${users} where ${users.id} = ${userId} and not ${hasPasskey})`
  const mustStay = sql`exists (select 1 from ${users} where ${users.id} = ${userId} and ${needsSecondFactor} and not ${hasPasskey})`
  const change = recordFactorChange(ctx, {
    change: 'removed',
    factor: 'authenticator app',
    when: sql`${proof.value.holds} and not ${mustStay}
      and exists (select 1 from two_factor_secrets where user_id = ${userId} and confirmed_at is not null)`,
    alone,
  })
  const { won, turned } = change
  const [turnedRows, changedRows] = await ctx.db.batch([
    ...change.statements,
    ctx.db.delete(twoFactorSecrets).where(and(eq(twoFactorSecrets.userId, userId), won)),
    ctx.db.delete(recoveryCodes).where(and(eq(recoveryCodes.userId, userId), turned)),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, sessionId), won)),
    clearAttempts(ctx, confirmed.value.limits),
    ...proof.value.spend(won),
  ])
  const outcome = change.announce([turnedRows, changedRows])
  if (!outcome) return fail(await whyNotRemoved(ctx, mustStay))
  return ok({ on: outcome === 'changed' })
}
