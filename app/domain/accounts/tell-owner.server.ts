// Somebody used an address that has an account already: its owner is told by mail, at most once an hour, and whoever used
// it learns nothing.
import { type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { recordEvent } from '~db/record-event'

const noticeEveryMs = 3_600_000

/** For a batch. Nothing is written for an owner who does not exist, so the same statement can run for a free address. */
export function tellOwner(
  ctx: DomainContext,
  owner: { id: UserId; name: string; email: string } | null,
  when: SQL = sql`1`,
) {
  const id = owner?.id ?? 'usr_nobody'
  return recordEvent(
    ctx,
    {
      type: 'user.registration_repeated',
      subjectType: 'user',
      subjectId: id,
      data: { name: owner?.name ?? '', email: owner?.email ?? '' },
    },
    sql`${when} and exists (select 1 from users where id = ${id})
      and not exists (select 1 from events where subject_id = ${id} and type = 'user.registration_repeated'
      and created_at > ${ctx.now - noticeEveryMs})`,
  )
}
