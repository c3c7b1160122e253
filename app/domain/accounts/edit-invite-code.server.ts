// Changes how often and how long a code works: never less often than it was used, whoever registers at that moment.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { beforeIn } from '~db/event-before'
import { inviteCodes } from '~db/schema'
import { changeInviteCode, findInviteCode, noSuchCode } from './change-invite-code.server'
import { dayIsPast } from './create-invite-code.server'
import type { EditInviteCodeInput } from './invite-code'

export async function editInviteCode(
  ctx: DomainContext<AdminActor>,
  codeId: Id<'code'>,
  input: EditInviteCodeInput,
): Promise<Result<{ code: string }>> {
  const before = await findInviteCode(ctx, codeId)
  if (!before) return fail(noSuchCode)
  // A day that is past may stay: one changes the uses of a code that ended, or takes its end away.
  if (input.expiresAt !== null && input.expiresAt <= ctx.now && input.expiresAt !== before.expiresAt)
    return fail(fieldError('expiresAt', dayIsPast))
  const { maxUses, expiresAt } = input
  const { was } = beforeIn(sql`invite_codes`, codeId)
  const changed = await changeInviteCode(
    ctx,
    before,
    {
      type: 'invite_code.changed',
      data: { uses: maxUses, expiresAt },
      before: { uses: was(sql`max_uses`), expiresAt: was(sql`expires_at`) },
    },
    sql`uses <= ${maxUses}`,
    (won) =>
      ctx.db
        .update(inviteCodes)
        .set({ maxUses, expiresAt })
        .where(and(eq(inviteCodes.id, codeId), won))
        .returning({ id: inviteCodes.id }),
  )
  if (changed) return ok({ code: before.code })
  const now = await findInviteCode(ctx, codeId)
  if (!now) return fail(noSuchCode)
  return fail(
    fieldError(
      'maxUses',
      `The code was used ${now.uses === 1 ? 'once' : `${now.uses} times`} already. Enter at least ${now.uses}.`,
      'conflict',
    ),
  )
}
