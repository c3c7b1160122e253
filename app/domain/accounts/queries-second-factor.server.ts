// What somebody sees of the own second factors; the secret only while it waits to be scanned.
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { passkeys, twoFactorSecrets, users } from '~db/schema'
import { needsSecondFactor, sealedFor } from './factors.server'
import { enrolmentMs } from './second-factor'

export async function getSecondFactors(ctx: DomainContext<UserActor>) {
  const { userId } = ctx.actor
  const [rows, passkeyRows] = await ctx.db.batch([
    ctx.db
      .select({
        appSince: sql<
          number | null
        >`(select f.confirmed_at from two_factor_secrets f where f.user_id = users.id)`.as('app_since'),
        recoveryCodes:
          sql<number>`(select count(*) from recovery_codes c where c.user_id = users.id and c.used_at is null)`.as(
            'recovery_code_count',
          ),
        required: sql<boolean>`${needsSecondFactor}`.mapWith(Boolean).as('required'),
      })
      .from(users)
      .where(eq(users.id, userId)),
    ctx.db
      .select({
        id: passkeys.id,
        name: passkeys.name,
        backedUp: passkeys.backedUp,
        createdAt: passkeys.createdAt,
        lastUsedAt: passkeys.lastUsedAt,
      })
      .from(passkeys)
      .where(eq(passkeys.userId, userId))
      .orderBy(passkeys.createdAt, passkeys.id),
  ])
  const [row] = rows
  if (!row) throw new NotFoundError('user')
  return { ...row, passkeys: passkeyRows, on: row.appSince !== null || passkeyRows.length > 0 }
}

/** The secret (base32) that waits to be scanned and confirmed, or null. */
export async function findWaitingSecret(ctx: DomainContext<UserActor>): Promise<string | null> {
  const { userId } = ctx.actor
  const [row] = await ctx.db
    .select({ secretCipher: twoFactorSecrets.secretCipher })
    .from(twoFactorSecrets)
    .where(
      and(
        eq(twoFactorSecrets.userId, userId),
        isNull(twoFactorSecrets.confirmedAt),
        gt(twoFactorSecrets.createdAt, ctx.now - enrolmentMs),
      ),
    )
  return row ? ctx.vault.open(row.secretCipher, sealedFor(userId)) : null
}
