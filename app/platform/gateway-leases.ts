// Calls that this isolate may make without asking: the leases of its subscriptions, and refusals that still hold.
// Of the calls that need a new lease at the same time one asks for all; the others wait for its answer. A lease ends a
// little early here, since its time runs from before the question.
import type { LeaseAnswer, LeaseAsk, LimitReport, ReturnedLease } from '~/domain/gateway/lease'
import type { LimitReports } from '~/domain/gateway/rate-limit-headers'
import { pollPause } from './gateway-cache'
import { createLru } from './gateway-lru'

export type Permit = LimitReports &
  ({ ok: true } | { ok: false; code: 'rate_limited' | 'quota_exceeded'; retryAfterMs: number })

type AskForLease = (ask: LeaseAsk) => Promise<LeaseAnswer>

export type LeaseKeeper = {
  /** May one more call be made? Rejects when the limits cannot be asked: then it may not. */
  take(subscriptionId: string, ask: AskForLease, keepAlive: (work: Promise<unknown>) => void): Promise<Permit>
}

/** `at` is the moment before the question, by which the answer's durations are read. */
type Held = { answer: LeaseAnswer; at: number; left: number }
type Refused = { code: 'rate_limited' | 'quota_exceeded'; until: number }
/** A call in line. Its own request looks for the outcome: promises are not shared between requests. */
type Ticket = { outcome: Permit | 'failed' | null }
type Entry = {
  held: Held | null
  refused: Refused | null
  line: Ticket[]
  askingSince: number | null
  passed: number
}

const mostSubscriptions = 5000
/** A call that asks for others and does not come back in this time has died: another one asks. */
const patienceMs = 5000

export function createLeaseKeeper(): LeaseKeeper {
  const entries = createLru<string, Entry>(mostSubscriptions)

  async function takeFor(entry: Entry, ask: AskForLease): Promise<Permit> {
    const ticket: Ticket = { outcome: null }
    entry.line.push(ticket)
    while (ticket.outcome === null) {
      if (entry.askingSince !== null && Date.now() - entry.askingSince <= patienceMs) {
        await pollPause()
        continue
      }
      // The one that had this call in its line may be dead.
      if (!entry.line.includes(ticket)) entry.line.push(ticket)
      await askForLine(entry, ask)
    }
    if (ticket.outcome === 'failed') throw new Error('the limits did not answer')
    return ticket.outcome
  }

  return {
    async take(subscriptionId, ask, keepAlive) {
      const entry = entries.get(subscriptionId) ?? newEntry()
      entries.set(subscriptionId, entry)
      const known = spend(entry, Date.now())
      if (known) return known
      const permit = takeFor(entry, ask)
      // Others may wait for this call: it goes on when its own client has gone.
      keepAlive(permit.catch(() => null))
      return permit
    },
  }
}

function newEntry(): Entry {
  return { held: null, refused: null, line: [], askingSince: null, passed: 0 }
}

/** What can be said without asking, or null. */
function spend(entry: Entry, now: number): Permit | null {
  const { held, refused } = entry
  if (held && held.left > 0 && now < held.at + held.answer.validForMs) {
    held.left -= 1
    entry.passed += 1
    return { ok: true, ...reportsAt(held.answer, held.left, now - held.at) }
  }
  if (!held || !refused || now >= refused.until) return null
  return {
    ok: false,
    code: refused.code,
    retryAfterMs: refused.until - now,
    ...reportsAt(held.answer, 0, now - held.at),
  }
}

/** Asks for all calls in line, the caller's among them. */
async function askForLine(entry: Entry, ask: AskForLease): Promise<void> {
  const line = entry.line.splice(0)
  const at = Date.now()
  entry.askingSince = at
  try {
    const answer = await ask({ need: line.length, extra: callsAhead(entry, at), returned: unspent(entry) })
    entry.held = { answer, at, left: answer.ahead }
    entry.refused = answer.refusal && {
      code: answer.refusal.code,
      until: Date.now() + answer.refusal.retryAfterMs,
    }
    entry.passed = answer.granted
    line.forEach((ticket, place) => {
      ticket.outcome = permitOf(answer, place)
    })
  } catch (error) {
    for (const ticket of line) ticket.outcome = 'failed'
    throw error
  } finally {
    if (entry.askingSince === at) entry.askingSince = null
  }
}

/** The answer for the call at this place of the line. */
function permitOf(answer: LeaseAnswer, place: number): Permit {
  const { refusal } = answer
  if (place < answer.granted || !refusal)
    return { ok: true, ...reportsAt(answer, answer.granted - 1 - place + answer.ahead, 0) }
  return { ok: false, code: refusal.code, retryAfterMs: refusal.retryAfterMs, ...reportsAt(answer, 0, 0) }
}

/** What remains: in the object, and of what it has granted. */
function reportsAt(answer: LeaseAnswer, left: number, passedMs: number): LimitReports {
  const at = (report: LimitReport | null) =>
    report && { remaining: report.remaining + left, resetMs: Math.max(0, report.resetMs - passedMs) }
  return { rate: at(answer.rate), quota: at(answer.quota) }
}

/** Twice what went through since the last question, if that was just now: who calls seldom needs nothing ahead. */
function callsAhead(entry: Entry, now: number): number {
  return entry.held && now - entry.held.at < patienceMs ? entry.passed * 2 : 0
}

function unspent(entry: Entry): ReturnedLease | null {
  const { held } = entry
  if (!held || held.left === 0) return null
  const count = held.left
  // Handed back before anything is known of the answer: a call that is returned cannot be spent any more.
  held.left = 0
  return { count, freesAt: held.answer.freesAt, grantedAt: held.answer.grantedAt }
}
