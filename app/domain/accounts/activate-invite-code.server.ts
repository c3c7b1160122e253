// Lets an invite code that was switched off let people in again.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { inviteCodes } from '~db/schema'
import { changeInviteCode, findInviteCode, noSuchCode } from './change-invite-code.server'

export async function activateInviteCode(
  ctx: DomainContext<AdminActor>,
  codeId: Id<'code'>,
): Promise<Result<{ code: string }>> {
  const code = await findInviteCode(ctx, codeId)
  if (!code) return fail(noSuchCode)
  const changed = await changeInviteCode(
    ctx,
    code,
    { type: 'invite_code.changed', data: { active: true } },
    sql`active = 0`,
    (won) =>
      ctx.db
        .update(inviteCodes)
        .set({ active: true })
        .where(and(eq(inviteCodes.id, codeId), won))
        .returning({ id: inviteCodes.id }),
  )
  if (changed) return ok({ code: code.code })
  return fail(domainError('already_decided', `The code ${code.code} is activated already.`))
}
