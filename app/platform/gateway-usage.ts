// Calls that this isolate has passed and not yet told of. About a second after the first, they go in one report to the
// credential's object. A report that failed is sent again unchanged, under its id, so that it counts once.
import { addCall, type Call, startTally, type Tally, type UsageOwner } from '~/domain/gateway/usage'
import { randomToken } from './encoding'
import type { UsageReport } from './limiter-ledger'
import { logWarning } from './log'

/** How long calls are gathered: the page of an app shows them this much later, and as much again in the object. */
const gatherMs = 1000
/** Reports that wait while an object cannot be reached. What is dropped beyond that is logged. */
const mostUnsent = 100

/** Hands a report to the credential's object. */
export type SendReport = (owner: UsageOwner, report: UsageReport) => Promise<void>

/** `plannedUntil`: a request has promised to report by then. If it died, the next call after that promises anew. */
type Book = { owner: UsageOwner; open: Tally | null; unsent: UsageReport[]; plannedUntil: number }

export type UsageBooks = {
  /** Counts a call now, and has it reported soon by work that `keepAlive` protects. */
  add(owner: UsageOwner, call: Call, send: SendReport, keepAlive: (work: Promise<unknown>) => void): void
  /** Reports everything now. */
  flush(send: SendReport): Promise<void>
}

export function createUsageBooks(): UsageBooks {
  const books = new Map<string, Book>()

  async function report(book: Book, send: SendReport): Promise<void> {
    book.plannedUntil = 0
    const reports = book.unsent.splice(0)
    if (book.open) reports.push({ id: randomToken(), rows: book.open.rows, last: book.open.last })
    book.open = null
    const failed = await Promise.all(
      reports.map((one) =>
        send(book.owner, one).then(
          () => null,
          () => one,
        ),
      ),
    )
    book.unsent.push(...failed.filter((one) => one !== null))
    if (book.unsent.length > 0) logUnsent(book)
    else if (!book.open) books.delete(book.owner.credentialId)
  }

  return {
    add(owner, call, send, keepAlive) {
      const book = books.get(owner.credentialId) ?? { owner, open: null, unsent: [], plannedUntil: 0 }
      books.set(owner.credentialId, book)
      book.open = book.open ? addCall(book.open, call) : startTally(owner, call)
      if (Date.now() < book.plannedUntil) return
      book.plannedUntil = Date.now() + 3 * gatherMs
      keepAlive(pause(gatherMs).then(() => report(book, send)))
    },
    async flush(send) {
      await Promise.all([...books.values()].map((book) => report(book, send)))
    },
  }
}

function logUnsent(book: Book): void {
  const dropped = book.unsent.splice(0, Math.max(0, book.unsent.length - mostUnsent))
  logWarning('usage_not_reported', {
    credentialId: book.owner.credentialId,
    waiting: book.unsent.length,
    dropped: dropped.length,
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
