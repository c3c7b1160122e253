// Reads the chain of seals for its check, a page at a time, and what stands outside of it: all in one trip.
import { asc, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { eventSeals, events } from '~db/schema'
import { type Break, type ChainHead, type Progress, type SealTools, verifyEntries } from './audit-chain'

type Reader = Pick<DomainContext, 'db'>

/** What one request checks: a tenth of a second of hashing. */
export const entriesPerPage = 2000

export type Verification = {
  /** The last entry that is as it was sealed. */
  head: ChainHead
  broken: Break | null
  /** The end of the chain was reached. */
  complete: boolean
  /** Entries at the end whose key this portal no longer has. */
  unproven: number
  /** Events that wait for their seal. */
  unsealed: number
}

/**
 * Checks the entries that follow `from`. `anchor` is the highest entry that was known outside of the database: a chain that
 * ends before it was cut, one that has another entry there was made anew.
 */
export async function verifyChain(
  { db }: Reader,
  tools: SealTools,
  from: Progress,
  anchor: ChainHead | null,
  size = entriesPerPage,
): Promise<Verification> {
  const [rows, anchored, strays, waiting] = await db.batch([
    db
      .select({
        seal: {
          seq: eventSeals.seq,
          sealedAt: sql<number>`${eventSeals.sealedAt}`.as('seal_at'),
          hash: eventSeals.hash,
          keyVersion: eventSeals.keyVersion,
          mac: eventSeals.mac,
        },
        eventId: eventSeals.eventId,
        event: events,
      })
      .from(eventSeals)
      .leftJoin(events, eq(events.id, eventSeals.eventId))
      .where(gt(eventSeals.seq, from.head.seq))
      .orderBy(asc(eventSeals.seq))
      .limit(size),
    db
      .select({ hash: eventSeals.hash })
      .from(eventSeals)
      .where(eq(eventSeals.seq, anchor?.seq ?? 0)),
    db
      .select({ id: events.id })
      .from(events)
      .where(
        sql`${events.sealedAt} is not null and not exists (select 1 from event_seals s where s.event_id = ${events.id})`,
      )
      .limit(1),
    db
      .select({ count: sql<number>`count(*)`.as('waiting') })
      .from(events)
      .where(isNull(events.sealedAt)),
  ])
  const { progress, broken } = await verifyEntries(tools, from, rows)
  const complete = broken === null && rows.length < size
  const end = progress.head.seq
  let found = broken
  if (!found && anchor && anchored[0] && anchored[0].hash !== anchor.hash)
    found = { seq: anchor.seq, eventId: null, kind: 'forged' }
  if (!found && complete && anchor && anchor.seq > end) found = { seq: end + 1, eventId: null, kind: 'cut' }
  if (!found && complete && strays[0]) found = { seq: end, eventId: strays[0].id, kind: 'inserted' }
  return {
    head: progress.head,
    broken: found,
    complete: complete && !found,
    unproven: progress.unproven,
    unsealed: waiting[0]?.count ?? 0,
  }
}

/** The end of the chain, if the chain still holds `anchor`; null when it does not, and while it is empty. */
export async function headBeyond({ db }: Reader, anchor: ChainHead | null): Promise<ChainHead | null> {
  const [heads, anchored] = await db.batch([
    db
      .select({ seq: eventSeals.seq, hash: eventSeals.hash })
      .from(eventSeals)
      .orderBy(desc(eventSeals.seq))
      .limit(1),
    db
      .select({ hash: eventSeals.hash })
      .from(eventSeals)
      .where(eq(eventSeals.seq, anchor?.seq ?? 0)),
  ])
  return anchor === null || anchored[0]?.hash === anchor.hash ? (heads[0] ?? null) : null
}
