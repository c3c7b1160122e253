// Calls that this isolate has refused, on their way to the credential's object. Only refusals come here: a call that passes
// does nothing for it. What a flood adds is counted, not kept: see `refused-call.ts`.
import type { Problem } from '~/domain/gateway/problems'
import { ownDetail } from '~/domain/gateway/problems'
import { keptPath, type RefusedCall, standsFor } from '~/domain/gateway/refused-call'
import type { UsageOwner } from '~/domain/gateway/usage'
import { createLru } from './gateway-lru'
import { logWarning } from './log'

const gatherMs = 1000
/** While an hour has more than are kept in full. */
const gatherLongerMs = 10_000
const mostCredentials = 2000
/** What waits while an object cannot be reached. */
const mostWaiting = 4000
const hourMs = 3_600_000

export type SendRefusals = (owner: UsageOwner, refusals: RefusedCall[]) => Promise<void>

type Book = { owner: UsageOwner; waiting: RefusedCall[]; hour: number; count: number; plannedUntil: number }

export type RefusalBooks = {
  note(
    owner: UsageOwner,
    call: { problem: Problem; method: string; pathname: string },
    send: SendRefusals,
    keepAlive: (work: Promise<unknown>) => void,
  ): void
  /** Reports everything now. */
  flush(send: SendRefusals): Promise<void>
}

export function createRefusalBooks(): RefusalBooks {
  const books = createLru<string, Book>(mostCredentials)
  const open = new Set<Book>()

  async function report(book: Book, send: SendRefusals): Promise<void> {
    book.plannedUntil = 0
    open.delete(book)
    const refusals = book.waiting.splice(0)
    if (refusals.length === 0) return
    try {
      await send(book.owner, refusals)
    } catch {
      book.waiting.unshift(...refusals.slice(0, mostWaiting - book.waiting.length))
      open.add(book)
      logWarning('refusals_not_reported', { credentialId: book.owner.credentialId, waiting: refusals.length })
    }
  }

  return {
    note({ credentialId, appId, organizationId }, { problem, method, pathname }, send, keepAlive) {
      const now = Date.now()
      const hour = now - (now % hourMs)
      const owner = { credentialId, appId, organizationId }
      const book = books.get(credentialId) ?? { owner, waiting: [], hour, count: 0, plannedUntil: 0 }
      books.set(credentialId, book)
      if (book.hour !== hour) Object.assign(book, { hour, count: 0 })
      book.count += 1
      const weight = standsFor(book.count)
      if (weight === 0 || book.waiting.length >= mostWaiting) return
      book.waiting.push({
        requestId: problem.requestId,
        at: now,
        method: method.slice(0, 20),
        path: keptPath(pathname),
        code: problem.code,
        detail: ownDetail(problem),
        standsFor: weight,
      })
      open.add(book)
      if (now < book.plannedUntil) return
      const pauseMs = weight > 1 ? gatherLongerMs : gatherMs
      book.plannedUntil = now + pauseMs + 2 * gatherMs
      keepAlive(new Promise((done) => setTimeout(done, pauseMs)).then(() => report(book, send)))
    },
    async flush(send) {
      await Promise.all([...open].map((book) => report(book, send)))
    },
  }
}
