// Makes the recovery codes of an account and stores their hashes in place of the old ones. The codes themselves are in the
// one answer that shows them, and nowhere else.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { recoveryCodes } from '~db/schema'
import { newRecoveryCode, recoveryCodeCount } from './recovery-code'

type NewCodes = { plain: string[]; hashes: string[] }

export async function newRecoveryCodes(ctx: DomainContext): Promise<NewCodes> {
  const plain = Array.from({ length: recoveryCodeCount }, newRecoveryCode)
  return { plain, hashes: await Promise.all(plain.map((code) => ctx.tokens.hash(code))) }
}

/** Statements for a batch in which `won` decides. */
export function storeRecoveryCodes(ctx: DomainContext, userId: UserId, codes: NewCodes, won: SQL) {
  return [
    ctx.db.delete(recoveryCodes).where(and(eq(recoveryCodes.userId, userId), won)),
    ctx.db.insert(recoveryCodes).select(
      sql`select value as code_hash, ${userId} as user_id, null as used_at, ${ctx.now} as created_at
          from json_each(${JSON.stringify(codes.hashes)}) where ${won}`,
    ),
  ] as const
}
