// Adds a passkey that an authenticator of the owner has just made. With the first second factor come recovery codes, for
// this one answer only; sessions that were opened by a password alone end, all but this one.
import { and, eq, ne, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import { newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { loginChallenges, passkeys, sessions, users } from '~db/schema'
import { recordFactorChange } from './factor-change.server'
import { hasSecondFactor } from './factors.server'
import { type AddPasskeyInput, maxPasskeys } from './passkey'
import { challengeQuery } from './passkey-challenge.server'
import { newRecoveryCodes, storeRecoveryCodes } from './recovery-codes.server'

const notAdded = domainError(
  'conflict',
  'This passkey could not be added: it took too long, or your device did not unlock it. Try again.',
)

export async function addPasskey(
  ctx: DomainContext<UserActor>,
  challengeToken: string | null,
  input: AddPasskeyInput,
): Promise<Result<{ recoveryCodes: string[] | null }>> {
  const { userId, sessionId } = ctx.actor
  const tokenHash = await ctx.tokens.hash(challengeToken ?? '')
  const [challenge] = await challengeQuery(ctx, tokenHash, 'passkey_enrolment')
  if (!challenge?.challenge || challenge.userId !== userId) return fail(notAdded)
  const made = await ctx.passkeys.verifyEnrolment(input.passkeyToken, challenge.challenge)
  if (!made) return fail(notAdded)

  const id = newId('pky', ctx.now)
  const codes = await newRecoveryCodes(ctx)
  const change = recordFactorChange(ctx, {
    change: 'added',
    factor: 'passkey',
    label: input.name,
    when: sql`exists (select 1 from login_challenges where token_hash = ${tokenHash})
      and not exists (select 1 from passkeys where credential_id = ${made.credentialId})
      and (select count(*) from passkeys where user_id = ${userId}) < ${maxPasskeys}`,
    alone: sql`exists (select 1 from ${users} where ${users.id} = ${userId} and not ${hasSecondFactor})`,
  })
  const { won, turned } = change
  const [turnedRows, changedRows] = await ctx.db.batch([
    ...change.statements,
    ctx.db.insert(passkeys).select(
      sql`select ${id} as id, ${userId} as user_id, ${made.credentialId} as credential_id, ${made.publicKey} as public_key,
          ${made.signCount} as sign_count, ${JSON.stringify(made.transports)} as transports, ${made.backedUp ? 1 : 0} as backed_up,
          ${input.name} as name, null as last_used_at, ${ctx.now} as created_at where ${won}`,
    ),
    ctx.db.delete(loginChallenges).where(and(eq(loginChallenges.tokenHash, tokenHash), won)),
    ...storeRecoveryCodes(ctx, userId, codes, turned),
    ctx.db
      .update(sessions)
      .set({ secondFactorAt: ctx.now })
      .where(and(eq(sessions.id, sessionId), won)),
    ctx.db.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, sessionId), turned)),
  ])
  const outcome = change.announce([turnedRows, changedRows])
  if (!outcome) return fail(notAdded)
  return ok({ recoveryCodes: outcome === 'turned' ? codes.plain : null })
}
