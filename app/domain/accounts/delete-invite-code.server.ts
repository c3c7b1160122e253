// Deletes an invite code. Who came in by it stays.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { inviteCodes } from '~db/schema'
import { changeInviteCode, findInviteCode, noSuchCode } from './change-invite-code.server'

export async function deleteInviteCode(
  ctx: DomainContext<AdminActor>,
  codeId: Id<'code'>,
): Promise<Result<{ code: string }>> {
  const code = await findInviteCode(ctx, codeId)
  if (!code) return fail(noSuchCode)
  const deleted = await changeInviteCode(
    ctx,
    code,
    { type: 'invite_code.deleted', data: { used: code.uses } },
    sql`1`,
    (won) =>
      ctx.db
        .delete(inviteCodes)
        .where(and(eq(inviteCodes.id, codeId), won))
        .returning({ id: inviteCodes.id }),
  )
  return deleted ? ok({ code: code.code }) : fail(noSuchCode)
}
