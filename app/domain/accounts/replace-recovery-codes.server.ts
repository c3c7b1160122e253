// Makes new recovery codes in place of the old ones: needs the password and a second factor. They are in this answer only.
import { sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { users } from '~db/schema'
import { clearAttempts } from './attempts.server'
import { confirmIdentity } from './confirm-identity.server'
import { proveFactor, usedCode } from './factor-proof.server'
import { hasSecondFactor } from './factors.server'
import { newRecoveryCodes, storeRecoveryCodes } from './recovery-codes.server'
import type { ChangeFactorsInput } from './second-factor'

export async function replaceRecoveryCodes(
  ctx: DomainContext<UserActor>,
  input: ChangeFactorsInput,
  challengeToken: string | null = null,
): Promise<Result<{ recoveryCodes: string[] }>> {
  const { userId, name, email } = ctx.actor
  const confirmed = await confirmIdentity(ctx, input.currentPassword)
  if (!confirmed.ok) return confirmed
  const proof = await proveFactor(ctx, userId, input, { challengeToken, purpose: 'factor_proof' })
  if (!proof.ok) return proof
  const codes = await newRecoveryCodes(ctx)
  const event = recordEvent(
    ctx,
    {
      type: 'user.factor_changed',
      subjectType: 'user',
      subjectId: userId,
      data: { name, email, factor: 'recovery code', change: 'replaced' },
    },
    sql`${proof.value.holds} and exists (select 1 from ${users} where ${users.id} = ${userId} and ${hasSecondFactor})`,
  )
  const won = sql`exists (select 1 from events where id = ${event.id})`
  const [rows] = await ctx.db.batch([
    event.statement.returning({ id: sql<string>`id` }),
    // The proof first: it may be one of the codes that are about to go.
    ...proof.value.spend(won),
    ...storeRecoveryCodes(ctx, userId, codes, won),
    clearAttempts(ctx, confirmed.value.limits),
  ])
  if (!rows[0]) return fail(usedCode)
  ctx.announce(event.id)
  return ok({ recoveryCodes: codes.plain })
}
