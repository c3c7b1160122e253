// Switches an invite code off: from the next registration on it lets nobody in. Who came in by it stays.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { inviteCodes } from '~db/schema'
import { changeInviteCode, findInviteCode, noSuchCode } from './change-invite-code.server'

export async function deactivateInviteCode(
  ctx: DomainContext<AdminActor>,
  codeId: Id<'code'>,
): Promise<Result<{ code: string }>> {
  const code = await findInviteCode(ctx, codeId)
  if (!code) return fail(noSuchCode)
  const changed = await changeInviteCode(
    ctx,
    code,
    { type: 'invite_code.changed', data: { active: false } },
    sql`active = 1`,
    (won) =>
      ctx.db
        .update(inviteCodes)
        .set({ active: false })
        .where(and(eq(inviteCodes.id, codeId), won))
        .returning({ id: inviteCodes.id }),
  )
  if (changed) return ok({ code: code.code })
  return fail(domainError('already_decided', `The code ${code.code} is deactivated already.`))
}
