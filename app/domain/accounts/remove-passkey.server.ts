// Removes a passkey: needs the password and a second factor, be it this very one. When no other factor remains, two-factor
// is off and the recovery codes go too; an admin who must have a second factor keeps the last one.
import { and, eq, ne, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { passkeys, recoveryCodes, sessions, users } from '~db/schema'
import { clearAttempts } from './attempts.server'
import { confirmIdentity } from './confirm-identity.server'
import { recordFactorChange } from './factor-change.server'
import { proveFactor } from './factor-proof.server'
import { hasAuthenticator, needsSecondFactor } from './factors.server'
import type { ChangeFactorsInput } from './second-factor'
import { whyNotRemoved } from './why-not-removed.server'

/** A passkey of somebody else does not exist for the actor. */
export async function removePasskey(
  ctx: DomainContext<UserActor>,
  passkeyId: Id<'pky'>,
  input: ChangeFactorsInput,
  challengeToken: string | null,
): Promise<Result<{ on: boolean; name: string }>> {
  const { userId, sessionId } = ctx.actor
  const own = and(eq(passkeys.id, passkeyId), eq(passkeys.userId, userId))
  const [passkey] = await ctx.db.select({ name: passkeys.name }).from(passkeys).where(own)
  if (!passkey) return fail(domainError('not_found', 'There is no such passkey.'))
  const confirmed = await confirmIdentity(ctx, input.currentPassword)
  if (!confirmed.ok) return confirmed
  const proof = await proveFactor(ctx, userId, input, { challengeToken, purpose: 'factor_proof' })
  if (!proof.ok) return proof
  const noOther = sql`not ${hasAuthenticator} and not exists (select 1 from passkeys other where other.user_id = users.id and other.id <> ${passkeyId})`
  const alone = sql`exists (select 1 from ${users} where ${users.id} = ${userId} and ${noOther})`
  const mustStay = sql`exists (select 1 from ${users} where ${users.id} = ${userId} and ${needsSecondFactor} and ${noOther})`
  const change = recordFactorChange(ctx, {
    change: 'removed',
    factor: 'passkey',
    label: passkey.name,
    when: sql`${proof.value.holds} and not ${mustStay}
      and exists (select 1 from passkeys where id = ${passkeyId} and user_id = ${userId})`,
    alone,
  })
  const { won, turned } = change
  const [turnedRows, changedRows] = await ctx.db.batch([
    ...change.statements,
    ...proof.value.spend(won),
    ctx.db.delete(passkeys).where(and(own, won)),
    ctx.db.delete(recoveryCodes).where(and(eq(recoveryCodes.userId, userId), turned)),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, sessionId), won)),
    clearAttempts(ctx, confirmed.value.limits),
  ])
  const outcome = change.announce([turnedRows, changedRows])
  if (!outcome) return fail(await whyNotRemoved(ctx, mustStay))
  return ok({ on: outcome === 'changed', name: passkey.name })
}
