// Checks a second factor without using it up: the caller's batch does both, what it is for and the use, so that of forty
// who show the same code exactly one gets through. Tries are counted before anything is compared.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, fieldError } from '~/domain/kernel/errors'
import type { UserId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recoveryCodes, twoFactorSecrets, users } from '~db/schema'
import { addressOf, attemptLimit, clearAttempts, countAttempts, refusedBy } from './attempts.server'
import { sealedFor } from './factors.server'
import { knowsAddress } from './known-address.server'
import { checkPasskey } from './passkey-proof.server'
import { type Factor, type ProveFactorInput, readCode, stepsAt } from './second-factor'

export type FactorProof = {
  factor: Factor
  /** Must hold in the batch that acts on it: nobody has used it meanwhile. */
  holds: SQL
  /** The statements that use it up, if `won` holds. */
  spend: (won: SQL) => BatchItem<'sqlite'>[]
}

export const wrongCode: DomainError = fieldError(
  'factorCode',
  'This code is not right. Enter the one that your app shows now, or a recovery code.',
  'wrong_credentials',
)
export const usedCode: DomainError = fieldError(
  'factorCode',
  'This code has been used. Wait for the next one.',
  'wrong_credentials',
)

/** What a form gave: a code of an app, a recovery code, or (with its challenge) the answer of a passkey. */
export async function proveFactor(
  ctx: DomainContext,
  userId: UserId,
  input: ProveFactorInput,
  asked: { challengeToken: string | null; purpose: 'second_factor' | 'factor_proof' },
): Promise<Result<FactorProof>> {
  if (input.passkeyToken) return checkPasskey(ctx, { ...asked, answer: input.passkeyToken, userId })
  return checkCode(ctx, userId, input.factorCode ?? '')
}

async function checkCode(ctx: DomainContext, userId: UserId, typed: string): Promise<Result<FactorProof>> {
  const read = readCode(typed)
  const recoveryHash = read?.kind === 'recovery' ? await ctx.tokens.hash(read.code) : ''
  const here = await attemptLimit(ctx, 'secondFactorHere', userId, addressOf(ctx))
  const account = await attemptLimit(ctx, 'secondFactorAccount', userId)
  const day = await attemptLimit(ctx, 'secondFactorDay', userId)
  // A recovery code cannot be guessed, so its tries close no door to the owner.
  const counted = read?.kind === 'recovery' ? [here] : [here, account, day]
  const [counters, rows, recoveryRows] = await ctx.db.batch([
    countAttempts(ctx, counted),
    ctx.db
      .select({
        secretCipher: twoFactorSecrets.secretCipher,
        confirmedAt: twoFactorSecrets.confirmedAt,
        lastUsedStep: twoFactorSecrets.lastUsedStep,
        knowsAddress: knowsAddress(ctx).as('knows_address'),
      })
      .from(users)
      .innerJoin(twoFactorSecrets, eq(twoFactorSecrets.userId, users.id))
      .where(eq(users.id, userId)),
    ctx.db
      .select({ usedAt: recoveryCodes.usedAt })
      .from(recoveryCodes)
      .where(and(eq(recoveryCodes.codeHash, recoveryHash), eq(recoveryCodes.userId, userId))),
  ])
  const [secret] = rows
  const tooMany = refusedBy(
    ctx,
    secret?.knowsAddress ? counted.filter((limit) => limit !== account) : counted,
    counters,
  )
  if (tooMany) return fail(tooMany)
  if (read?.kind === 'recovery') {
    const [row] = recoveryRows
    if (!row) return fail(wrongCode)
    if (row.usedAt !== null)
      return fail(
        fieldError('factorCode', 'This recovery code has been used. Take another one.', 'wrong_credentials'),
      )
    const unused = sql`exists (select 1 from recovery_codes where code_hash = ${recoveryHash} and user_id = ${userId} and used_at is null)`
    return ok({
      factor: 'recovery code',
      holds: unused,
      spend: (won) => [
        ctx.db
          .update(recoveryCodes)
          .set({ usedAt: ctx.now })
          .where(and(eq(recoveryCodes.codeHash, recoveryHash), won)),
        clearAttempts(ctx, [here], won),
      ],
    })
  }
  if (!read || !secret || secret.confirmedAt === null) return fail(wrongCode)
  const plain = await ctx.vault.open(secret.secretCipher, sealedFor(userId))
  const step = ctx.totp.stepOfCode(plain, read.code, stepsAt(ctx.now))
  if (step === null) return fail(wrongCode)
  if (step <= secret.lastUsedStep) return fail(usedCode)
  return ok({
    factor: 'authenticator app',
    holds: sql`exists (select 1 from two_factor_secrets where user_id = ${userId} and confirmed_at is not null
      and secret_cipher = ${secret.secretCipher} and last_used_step < ${step})`,
    spend: (won) => [
      ctx.db
        .update(twoFactorSecrets)
        .set({ lastUsedStep: step })
        .where(and(eq(twoFactorSecrets.userId, userId), won)),
      clearAttempts(ctx, [here, account, day], won),
    ],
  })
}
