// Turns on codes of an app: a right code shows that the secret was scanned. With the first factor come recovery codes, for
// this one answer only; sessions that were opened by a password alone end, all but this one.
import { and, eq, ne, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { sessions, twoFactorSecrets, users } from '~db/schema'
import { addressOf, attemptLimit, clearAttempts, countAttempts, refusedBy } from './attempts.server'
import { recordFactorChange } from './factor-change.server'
import { hasSecondFactor, sealedFor } from './factors.server'
import { newRecoveryCodes, storeRecoveryCodes } from './recovery-codes.server'
import { type ConfirmAuthenticatorInput, enrolmentMs, readCode, stepsAt } from './second-factor'

const beginAgain = domainError(
  'conflict',
  'This code belongs to a QR code that is not waiting any more. Begin again.',
)

export async function confirmAuthenticator(
  ctx: DomainContext<UserActor>,
  input: ConfirmAuthenticatorInput,
): Promise<Result<{ recoveryCodes: string[] | null }>> {
  const { userId, sessionId } = ctx.actor
  const limits = [await attemptLimit(ctx, 'secondFactorHere', userId, addressOf(ctx))]
  const [counters, rows] = await ctx.db.batch([
    countAttempts(ctx, limits),
    ctx.db.select().from(twoFactorSecrets).where(eq(twoFactorSecrets.userId, userId)),
  ])
  const tooMany = refusedBy(ctx, limits, counters)
  if (tooMany) return fail(tooMany)
  const [waiting] = rows
  if (!waiting || waiting.confirmedAt !== null || waiting.createdAt + enrolmentMs <= ctx.now)
    return fail(beginAgain)

  const read = readCode(input.factorCode)
  const secret = await ctx.vault.open(waiting.secretCipher, sealedFor(userId))
  const step = read?.kind === 'app' ? ctx.totp.stepOfCode(secret, read.code, stepsAt(ctx.now)) : null
  if (step === null) {
    return fail(
      fieldError(
        'factorCode',
        'This code is not right. Enter the six digits that your app shows now; the clock of your phone must be right.',
        'wrong_credentials',
      ),
    )
  }

  const codes = await newRecoveryCodes(ctx)
  const change = recordFactorChange(ctx, {
    change: 'added',
    factor: 'authenticator app',
    when: sql`exists (select 1 from two_factor_secrets where user_id = ${userId} and confirmed_at is null
      and secret_cipher = ${waiting.secretCipher})`,
    alone: sql`exists (select 1 from ${users} where ${users.id} = ${userId} and not ${hasSecondFactor})`,
  })
  const { won, turned } = change
  const [turnedRows, changedRows] = await ctx.db.batch([
    ...change.statements,
    ctx.db
      .update(twoFactorSecrets)
      .set({ confirmedAt: ctx.now, lastUsedStep: step })
      .where(and(eq(twoFactorSecrets.userId, userId), won)),
    ...storeRecoveryCodes(ctx, userId, codes, turned),
    ctx.db
      .update(sessions)
      .set({ secondFactorAt: ctx.now })
      .where(and(eq(sessions.id, sessionId), won)),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, sessionId), turned)),
    clearAttempts(ctx, limits),
  ])
  const outcome = change.announce([turnedRows, changedRows])
  if (!outcome) return fail(beginAgain)
  return ok({ recoveryCodes: outcome === 'turned' ? codes.plain : null })
}
