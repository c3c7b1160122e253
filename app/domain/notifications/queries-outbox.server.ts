// The outbox of the demo: every mail that would have left, newest first, a page at a time.
import { and, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type Page, type PageRequest, toPage } from '~/domain/kernel/page'
import { keyset } from '~db/keyset'
import { outboxMails } from '~db/schema'

export type OutboxMail = { id: Id<'mail'>; recipient: string; subject: string; createdAt: number }

/** `search` finds addresses and subjects. */
export async function listOutboxMails(
  ctx: Pick<DomainContext, 'db'>,
  { search, page }: { search: string; page: PageRequest },
): Promise<Page<OutboxMail>> {
  const { after, order } = keyset(page, outboxMails.createdAt, outboxMails.id)
  const needle = search.toLowerCase()
  const rows = await ctx.db
    .select({
      id: outboxMails.id,
      recipient: outboxMails.recipient,
      subject: outboxMails.subject,
      createdAt: outboxMails.createdAt,
    })
    .from(outboxMails)
    .where(
      and(
        needle
          ? sql`instr(lower(${outboxMails.recipient} || ' ' || ${outboxMails.subject}), ${needle}) > 0`
          : undefined,
        after,
      ),
    )
    .orderBy(...order)
    .limit(page.size + 1)
  return toPage(rows, page, (row) => ({ key: row.createdAt, id: row.id }))
}

/** @throws NotFoundError */
export async function getOutboxMail(ctx: Pick<DomainContext, 'db'>, mailId: Id<'mail'>) {
  const [mail] = await ctx.db.select().from(outboxMails).where(eq(outboxMails.id, mailId)).limit(1)
  if (!mail) throw new NotFoundError()
  return mail
}
