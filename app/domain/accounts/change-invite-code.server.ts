// What every change of an invite code shares: its event is written if the rule holds, and the change follows the event.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { EventData } from '~/domain/kernel/events'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { events, inviteCodes } from '~db/schema'
import { inviteCodeHint } from './invite-code'

type CodeRow = typeof inviteCodes.$inferSelect

export const noSuchCode = domainError('not_found', 'This invite code does not exist (any more).')

export async function findInviteCode(ctx: DomainContext, codeId: Id<'code'>): Promise<CodeRow | null> {
  const [row] = await ctx.db.select().from(inviteCodes).where(eq(inviteCodes.id, codeId))
  return row ?? null
}

/** `rule` is a condition on the code's row. Answers whether it held when the change was made. */
export async function changeInviteCode(
  ctx: DomainContext<AdminActor>,
  code: CodeRow,
  what: {
    type: 'invite_code.changed' | 'invite_code.deleted'
    data: EventData
    before?: Record<string, SQL>
  },
  rule: SQL,
  change: (won: SQL) => BatchItem<'sqlite'>,
): Promise<boolean> {
  const event = recordEvent(
    ctx,
    {
      type: what.type,
      subjectType: 'invite_code',
      subjectId: code.id,
      organizationId: code.organizationId,
      data: { name: inviteCodeHint(code.code), ...what.data },
    },
    sql`exists (select 1 from invite_codes where id = ${code.id} and ${rule})`,
    what.before,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const results = await ctx.db.batch([event.statement, change(won)])
  const rows: unknown = results[1]
  if (!Array.isArray(rows) || rows.length === 0) return false
  ctx.announce(event.id)
  return true
}

/** Of two people who switch a code at once, one does, and the other is told so. */
export async function switchInviteCode(
  ctx: DomainContext<AdminActor>,
  codeId: Id<'code'>,
  active: boolean,
): Promise<Result<{ code: string }>> {
  const code = await findInviteCode(ctx, codeId)
  if (!code) return fail(noSuchCode)
  const changed = await changeInviteCode(
    ctx,
    code,
    { type: 'invite_code.changed', data: { active, activeBefore: !active } },
    sql`active = ${active ? 0 : 1}`,
    (won) =>
      ctx.db
        .update(inviteCodes)
        .set({ active })
        .where(and(eq(inviteCodes.id, codeId), won))
        .returning({ id: inviteCodes.id }),
  )
  if (changed) return ok({ code: code.code })
  const state = active ? 'activated' : 'deactivated'
  return fail(domainError('already_decided', `The code ${code.code} is ${state} already.`))
}
