// Nobody's mailbox is filled by strangers, however they write the address and wherever they come from.

import { env } from 'cloudflare:workers'
import { eq, isNull } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { strangersMailsPerHour } from '~/domain/notifications/mail-breaker.server'
import { sendDelivery } from '~/domain/notifications/send-delivery.server'
import { mailTools } from '~/platform/mailer'
import { attemptCounters, deliveries, events, outboxMails } from '~db/schema'
import { freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { contextFor, db, system } from '~test/support/context'
import { deliver, deliveriesOf, eventOf, mailsOf } from '~test/support/notifications'
import { Portal } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

const variants: ((email: string) => string)[] = [
  (email) => email,
  (email) => email.toUpperCase(),
  (email) => ` ${email}`,
  (email) => `${email}  `,
  (email) => `\t${email}`,
  (email) => `\u00a0${email}\u3000`,
  (email) => email.replace('@', '%40'),
  (email) => email.replace('@', '+tag@'),
  (email) => email.replaceAll('p', 'ｐ'),
  (email) => email.replace('@', '＠'),
  (email) => `${email}.`,
  (email) => `"${email}"`,
  (email) => `<${email}>`,
  (email) => `${email}%20`,
]

async function mailsFor(email: string): Promise<number> {
  for (const { id } of await db.select({ id: events.id }).from(events).where(isNull(events.plannedAt)))
    await deliver(id)
  return (await db.select().from(outboxMails).where(eq(outboxMails.recipient, email))).length
}

test('fifty posts for one account in every spelling from fifty addresses bring three mails at most, and fifty equal answers', async () => {
  const person = await world.developer()
  const seen = new Set<string>()
  await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const email = (variants[n % 3] ?? String)(person.email)
      const response = await new Portal().post('/auth/reset', { email }, { 'cf-connecting-ip': newAddress() })
      seen.add(`${response.status} ${response.headers.get('location')} ${await response.text()}`)
    }),
  )
  expect(seen).toEqual(new Set(['303 /auth/reset?sent ']))
  const mails = await mailsFor(person.email)
  expect(mails).toBeGreaterThan(0)
  expect(mails).toBeLessThanOrEqual(3)
})

test('where each mail has left before the next one is asked for, it is three an hour all the same', async () => {
  const person = await world.developer()
  for (const variant of variants) {
    await new Portal().post(
      '/auth/reset',
      { email: variant(person.email) },
      { 'cf-connecting-ip': newAddress() },
    )
    await mailsFor(person.email)
  }
  expect(await mailsFor(person.email)).toBe(3)
})

test('registering with somebody’s address again and again tells them once an hour', async () => {
  const person = await world.developer()
  for (let n = 0; n < 12; n += 1) {
    const email = (variants[n % 5] ?? String)(person.email)
    await new Portal().post(
      '/auth/register',
      {
        email,
        firstName: 'Noa',
        lastName: 'Berg',
        password: freshPassword,
        passwordAgain: freshPassword,
        inviteCode: '',
      },
      { 'cf-connecting-ip': newAddress() },
    )
  }
  expect(await mailsFor(person.email)).toBe(1)
})

test('the mails of all strangers together are kept to a number an hour: the next one waits, is not lost, and uses up no attempt', async () => {
  const now = Date.now()
  const person = await world.developer()
  const ask = () =>
    eventOf({
      type: 'user.password_reset_requested',
      subjectType: 'user',
      subjectId: person.userId,
      data: { name: person.name, email: person.email },
    })
  const counter = { key: 'strangersMails', attempts: strangersMailsPerHour, resetsAt: now + 1_800_000 }
  await db
    .insert(attemptCounters)
    .values(counter)
    .onConflictDoUpdate({ target: attemptCounters.key, set: counter })
  const held = await ask()
  await deliver(held)
  expect(await mailsOf(held)).toEqual([])
  const [waiting] = await deliveriesOf(held)
  expect(waiting).toMatchObject({ state: 'pending', attempts: 0 })
  expect(waiting?.nextAttemptAt).toBeGreaterThan(now + 1_700_000)

  // A notice that an account needs is none of them.
  const closed = await world.developer({ row: { state: 'deactivated' } })
  const notice = await eventOf({
    type: 'user.deactivated',
    subjectType: 'user',
    subjectId: closed.userId,
    data: { name: closed.name, email: closed.email, state: 'deactivated', reason: '' },
  })
  await deliver(notice)
  expect(await mailsOf(notice)).toHaveLength(1)

  const later = contextFor(system, (waiting?.nextAttemptAt ?? 0) + 1)
  expect(await sendDelivery(later, waiting?.id ?? 'dlv_none', mailTools(env))).toMatchObject({
    outcome: 'sent',
  })
  expect(await mailsOf(held)).toHaveLength(1)
  await db.delete(attemptCounters).where(eq(attemptCounters.key, 'strangersMails'))
  await db.delete(deliveries).where(eq(deliveries.eventId, held))
})
