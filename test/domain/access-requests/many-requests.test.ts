import { eq, inArray } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { approveAccessRequests } from '~/domain/access-requests/approve-access-requests.server'
import { requestsNotice } from '~/domain/access-requests/many-requests'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import { rejectAccessRequests } from '~/domain/access-requests/reject-access-requests.server'
import { withdrawAccessRequest } from '~/domain/access-requests/withdraw-access-request.server'
import type { Id } from '~/domain/kernel/ids'
import { accessRequests, credentialRequests, events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { requested } from '~test/support/requests'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

async function waiting(count: number) {
  const developer = await world.superAdmin()
  const made = []
  for (let at = 0; at < count; at += 1) made.push(await requested(developer))
  return { developer, ids: made.map(({ requestId }) => requestId), made }
}

const statesOf = async (ids: Id<'req'>[]) =>
  (await db.select().from(accessRequests).where(inArray(accessRequests.id, ids))).map(({ state }) => state)

const keysFor = async (ids: Id<'req'>[]) =>
  (await db.select().from(credentialRequests).where(inArray(credentialRequests.requestId, ids))).length

test('several requests are approved in one write, each with its key and its events', async () => {
  const { ids } = await waiting(5)
  const ctx = contextFor(await world.admin())
  const outcome = await approveAccessRequests(ctx, [...ids, ...ids])
  expect(outcome.done).toHaveLength(5)
  expect(outcome.skipped).toEqual([])
  expect(new Set(await statesOf(ids))).toEqual(new Set(['approved']))
  expect(await keysFor(ids)).toBe(5)
  expect(ctx.announced).toHaveLength(10)
})

test('several requests are rejected for one reason; what was decided meanwhile, and what is gone, is told', async () => {
  const { ids, made } = await waiting(3)
  const robin = await world.admin()
  const first = ids[0] ?? 'req_none'
  await approveAccessRequest(contextFor(robin), first)
  const ctx = contextFor(await world.admin())
  const outcome = await rejectAccessRequests(ctx, [...ids, 'req_none'], { reason: 'Not this year.' })
  expect(outcome.done).toHaveLength(2)
  expect(outcome.skipped[0]).toContain(`This request was already approved by ${robin.name}.`)
  expect(outcome.skipped[1]).toBe('A request does not exist any more.')
  const rows = await db
    .select()
    .from(accessRequests)
    .where(inArray(accessRequests.id, ids.slice(1)))
  expect(rows.map((row) => row.rejectionReason)).toEqual(['Not this year.', 'Not this year.'])
  expect(requestsNotice(outcome, 'rejected')).toContain('2 requests are rejected. 2 skipped: ')
  expect(made).toHaveLength(3)
})

test('bulk against single decisions, 40 at once: each request is decided once, with one event, and nobody is told a decision that was not theirs', async () => {
  const { ids, developer } = await waiting(4)
  const admins = await Promise.all(Array.from({ length: 4 }, () => world.admin()))
  const results = await Promise.all(
    Array.from({ length: 40 }, async (_, at) => {
      const ctx = contextFor(admins[at % 4] ?? (await world.admin()))
      const id = ids[at % 4] ?? 'req_none'
      switch (at % 5) {
        case 0:
          return (await approveAccessRequests(ctx, ids)).done.length
        case 1:
          return (await rejectAccessRequests(ctx, ids, { reason: '' })).done.length
        case 2:
          return (await approveAccessRequest(ctx, id)).ok ? 1 : 0
        case 3:
          return (await rejectAccessRequest(ctx, id, { reason: '' })).ok ? 1 : 0
        default:
          return (await withdrawAccessRequest(contextFor(developer), id)).ok ? 1 : 0
      }
    }),
  )
  expect(results.reduce((sum, done) => sum + done, 0)).toBe(4)
  for (const id of ids) {
    const told = (await db.select().from(events).where(eq(events.subjectId, id))).filter(
      ({ type }) => type !== 'access_request.submitted',
    )
    expect(told).toHaveLength(1)
  }
  const approved = (await statesOf(ids)).filter((state) => state === 'approved').length
  expect(await keysFor(ids)).toBe(approved)
})
