import { eq, inArray } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { rejectAccessRequest } from '~/domain/access-requests/reject-access-request.server'
import { remindAdmins } from '~/domain/access-requests/remind-admins.server'
import { accessRequests, events, outboxMails } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { deliver } from '~test/support/notifications'
import { requested } from '~test/support/requests'
import * as world from '~test/support/world'

const day = 86_400_000
let now = Date.now()

/** Each test has days of its own, in which nothing was told yet. */
beforeEach(async () => {
  now += 20 * day
  await db.update(accessRequests).set({ state: 'withdrawn' }).where(eq(accessRequests.state, 'pending'))
})

async function waitingSince(...ages: number[]) {
  const developer = await world.superAdmin()
  const made = []
  for (const age of ages) {
    const one = await requested(developer)
    await db
      .update(accessRequests)
      .set({ createdAt: now - age })
      .where(eq(accessRequests.id, one.requestId))
    made.push(one)
  }
  return made
}

const remind = (at = now) => {
  const ctx = contextFor(system, at)
  return remindAdmins(ctx).then((count) => ({ count, announced: ctx.announced }))
}

const reminders = () => db.select().from(events).where(eq(events.type, 'access_request.reminder'))

test('requests that have waited for two days are told in one mail, each once, the oldest first', async () => {
  await world.admin()
  const made = await waitingSince(2 * day, 3 * day, 2 * day - 1)
  const { count, announced } = await remind()
  expect(count).toBe(2)
  const [eventId] = announced
  if (!eventId) throw new Error('nothing announced')
  expect((await db.select().from(events).where(eq(events.id, eventId)))[0]).toMatchObject({
    actorType: 'system',
    subjectId: made[1]?.requestId,
    data: { count: 2, products: [made[1]?.of.product.name, made[0]?.of.product.name] },
  })
  await deliver(eventId)
  const mails = (await db.select().from(outboxMails)).filter((mail) => mail.subject.includes('wait for'))
  expect(mails.length).toBeGreaterThan(0)
  expect(mails[0]).toMatchObject({ subject: '2 access requests wait for a decision' })
  expect(mails[0]?.text).toContain('/admin/access-requests?state=pending')
  expect(await remind()).toEqual({ count: 0, announced: [] })
})

test('what becomes due meanwhile waits for the mail of the next day; nothing is told twice', async () => {
  const [first, second] = await waitingSince(2 * day, 2 * day - 60_000)
  expect((await remind()).count).toBe(1)
  expect((await remind(now + 60_000)).count).toBe(0)
  expect((await remind(now + day - 1)).count).toBe(0)
  expect((await remind(now + day)).count).toBe(1)
  expect((await remind(now + 3 * day)).count).toBe(0)
  const rows = await db
    .select({ id: accessRequests.id, remindedAt: accessRequests.remindedAt })
    .from(accessRequests)
    .where(inArray(accessRequests.id, [first?.requestId ?? 'req_a', second?.requestId ?? 'req_b']))
  expect(rows.map((row) => row.remindedAt).sort()).toEqual([now, now + day])
})

test('of 40 crons at the same moment one reminds', async () => {
  await waitingSince(5 * day, 5 * day, 5 * day)
  const before = (await reminders()).length
  const results = await Promise.all(Array.from({ length: 40 }, () => remind()))
  expect(results.filter(({ count }) => count > 0)).toEqual([{ count: 3, announced: [expect.any(String)] }])
  expect((await reminders()).length - before).toBe(1)
})

test('what was decided is not told of', async () => {
  const [one] = await waitingSince(4 * day)
  await rejectAccessRequest(contextFor(await world.admin()), one?.requestId ?? 'req_none', { reason: '' })
  expect(await remind()).toEqual({ count: 0, announced: [] })
})
