import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type UpdateNotificationsInput, updateNotificationsInput } from '~/domain/accounts/account'
import { type MailChoice, mailTimingsOf } from '~/domain/accounts/mail-choices'
import { unsubscribe } from '~/domain/accounts/unsubscribe.server'
import { sealUnsubscribe } from '~/domain/accounts/unsubscribe-link'
import { updateNotifications } from '~/domain/accounts/update-notifications.server'
import type { UserActor } from '~/domain/kernel/actor'
import { collectDigests } from '~/domain/notifications/collect-digests.server'
import { lastDigestAt, nextDigestAt } from '~/domain/notifications/digest'
import { deliveries, events, users } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { consume, deliver, deliveriesOf, eventOf, mailsOf, messageFor } from '~test/support/notifications'
import * as world from '~test/support/world'

const choose = (person: UserActor, changes: UpdateNotificationsInput) =>
  updateNotifications(contextFor(person), changes)

/** Three things that happen to somebody's app. */
async function notices(person: Awaited<ReturnType<typeof world.developer>>, count = 3) {
  const app = await world.app(person)
  return Promise.all(
    Array.from({ length: count }, (_, n) =>
      eventOf({
        type: 'credential.expiring',
        subjectType: 'credential',
        subjectId: `crd_${n}`,
        appId: app.id,
        organizationId: person.organizationId,
        data: { app: `App ${n} of www.evil.example`, credential: 'Key' },
      }),
    ),
  )
}

const digestsOf = (userId: string) =>
  db.select().from(events).where(eq(events.subjectId, userId)).orderBy(events.createdAt, events.id)

test('a digest goes out at seven, whatever the hour in which it is waited for', () => {
  const at = (hour: number, minute = 0) => Date.UTC(2026, 4, 2, hour, minute)
  expect(nextDigestAt(at(6, 59))).toBe(at(7))
  expect(nextDigestAt(at(7))).toBe(Date.UTC(2026, 4, 3, 7))
  expect(lastDigestAt(at(7))).toBe(at(7))
  expect(lastDigestAt(at(6, 59))).toBe(Date.UTC(2026, 4, 1, 7))
})

test('notices wait for the day’s digest, of which forty that collect at once make one; none is lost, none comes twice', async () => {
  const person = await world.developer()
  await choose(person, { notifyExpiry: 'daily' })
  const told = await notices(person)
  await consume([...told, ...told].map(messageFor))
  const waiting = (await Promise.all(told.map(deliveriesOf))).flat()
  expect(waiting.map(({ channel, state }) => `${channel} ${state}`)).toEqual(Array(3).fill('digest pending'))
  expect((await Promise.all(told.map(mailsOf))).flat()).toEqual([])

  const early = contextFor(system)
  expect(await collectDigests(early)).toBe(0)
  const then = nextDigestAt(Date.now()) + 60_000
  const contexts = Array.from({ length: 40 }, () => contextFor(system, then))
  await Promise.all(contexts.map(collectDigests))
  expect(contexts.flatMap((ctx) => ctx.announced)).toHaveLength(1)
  const [digest, ...more] = await digestsOf(person.userId)
  expect(more).toEqual([])
  expect(digest).toMatchObject({ type: 'digest.collected', data: { count: 3 } })
  expect((await Promise.all(told.map(deliveriesOf))).flat().map(({ state }) => state)).toEqual(
    Array(3).fill('sent'),
  )

  await deliver(digest?.id ?? 'evt_none')
  const mails = await mailsOf(digest?.id ?? 'evt_none')
  expect(mails).toHaveLength(1)
  expect(mails[0]?.subject).toMatch(/^News from .+: 3 notices$/)
  for (const n of [0, 1, 2]) expect(mails[0]?.text).toContain(`- A credential of App ${n} of www`)
  expect(mails[0]?.text).toContain('/dashboard/apps/app_')
  expect(`${mails[0]?.html}${mails[0]?.text}`).not.toContain('www.evil.example')

  // What comes too late for today's waits for tomorrow's.
  const [late] = await notices(person, 1)
  await deliver(late ?? 'evt_none')
  await db
    .update(deliveries)
    .set({ nextAttemptAt: then })
    .where(eq(deliveries.eventId, late ?? 'evt_none'))
  expect(await collectDigests(contextFor(system, then + 1))).toBe(0)
  expect(await collectDigests(contextFor(system, then + 86_400_000))).toBe(1)
})

test('notices about security come at once, whatever somebody chose', async () => {
  const person = await world.developer()
  await choose(person, {
    notifyRequests: 'daily',
    notifyExpiry: 'daily',
    notifyApps: 'daily',
    notifyWebhooks: 'daily',
  })
  const changed = await eventOf({
    type: 'user.password_changed',
    subjectType: 'user',
    subjectId: person.userId,
  })
  await deliver(changed)
  expect(await mailsOf(changed)).toHaveLength(1)
})

test('admins choose too, but what none of them wants goes to all; a choice of the other role is none', async () => {
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.role, 'admin'))
  const [first, second] = [await world.admin(), await world.admin()]
  const pending = await world.developer({ row: { state: 'pending' } })
  const told = async () => {
    const eventId = await eventOf({
      type: 'user.registered',
      subjectType: 'user',
      subjectId: pending.userId,
      data: { state: 'pending', name: pending.name, email: pending.email },
    })
    await deliver(eventId)
    return (await deliveriesOf(eventId)).map((row) => `${row.channel} ${row.recipientKey}`).sort()
  }
  await choose(first, { notifyUsers: 'never', notifyRequests: 'never' })
  await choose(second, { notifyUsers: 'daily' })
  expect(await told()).toEqual([`digest ${second.userId}`])
  await choose(second, { notifyUsers: 'never' })
  expect(await told()).toEqual([`email ${first.userId}`, `email ${second.userId}`].sort())
  const [row] = await db.select().from(users).where(eq(users.id, first.userId))
  expect(row).toMatchObject({ notifyUsers: false, notifyRequests: true })
})

test('of one person some kinds come at once and others once a day; what one cannot do without is never switched off', async () => {
  const person = await world.developer()
  await choose(person, { notifyExpiry: 'at_once', notifyApps: 'daily' })
  const [expiring] = await notices(person, 1)
  const app = await world.app(person)
  const frozen = await eventOf({
    type: 'app.frozen',
    subjectType: 'app',
    subjectId: app.id,
    appId: app.id,
    organizationId: person.organizationId,
    data: { name: app.name, reason: 'Too many calls' },
  })
  for (const id of [expiring ?? 'evt_none', frozen]) await deliver(id)
  expect((await deliveriesOf(expiring ?? 'evt_none')).map(({ channel }) => channel)).toEqual(['email'])
  expect((await deliveriesOf(frozen)).map(({ channel }) => channel)).toEqual(['digest'])
  const then = contextFor(system, nextDigestAt(Date.now()) + 60_000)
  await collectDigests(then)
  const digest = (await digestsOf(person.userId)).find(({ type }) => type === 'digest.collected')
  await deliver(digest?.id ?? 'evt_none')
  expect((await mailsOf(digest?.id ?? 'evt_none'))[0]?.text).toContain(app.name)

  for (const choice of ['notifyApps', 'notifyWebhooks'])
    expect(updateNotificationsInput.safeParse({ [choice]: 'never' }).success).toBe(false)
})

test('leaving the digest switches off what is in it, and what one cannot do without comes at once again', async () => {
  const person = await world.developer()
  const chosen = { notifyExpiry: 'daily', notifyRequests: 'at_once', notifyApps: 'daily' } as const
  await choose(person, chosen)
  // What a form leaves out stays.
  await choose(person, { notifyWebhooks: 'at_once' })
  const ctx = contextFor(system)
  const timings = async () => {
    const [row] = await db.select().from(users).where(eq(users.id, person.userId))
    if (!row) throw new Error('nobody')
    const all = mailTimingsOf(row)
    const own: MailChoice[] = ['notifyExpiry', 'notifyRequests', 'notifyApps']
    return own.map((choice) => all[choice])
  }
  expect(await timings()).toEqual(['daily', 'at_once', 'daily'])
  const token = await sealUnsubscribe(ctx, { userId: person.userId, choice: 'all' })
  for (let times = 0; times < 2; times += 1) {
    expect(await unsubscribe(ctx, token)).toMatchObject({ ok: true })
    expect(await timings()).toEqual(['never', 'at_once', 'at_once'])
  }
})
