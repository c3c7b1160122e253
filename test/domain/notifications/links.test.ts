import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { deliveries, events, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { deliver, deliveriesOf, eventOf, mailsOf } from '~test/support/notifications'
import { origin, Portal } from '~test/support/portal'
import * as world from '~test/support/world'

type Developer = Awaited<ReturnType<typeof world.developer>>

/** Asks for a reset link, as the account's rules do. */
async function askForReset(user: Developer, now = Date.now()) {
  const [row] = await db.select({ version: users.resetVersion }).from(users).where(eq(users.id, user.userId))
  await db
    .update(users)
    .set({ resetVersion: (row?.version ?? 0) + 1, resetRequestedAt: now })
    .where(eq(users.id, user.userId))
  const event = {
    type: 'user.password_reset_requested',
    subjectType: 'user',
    subjectId: user.userId,
    data: { name: user.name, email: user.email },
  } as const
  return eventOf(event, visitor, now)
}

function tokenIn(text: string): string {
  return /token=([\w-]{43})/.exec(text)?.[1] ?? ''
}

test('the reset link holds a token of the user and the version of that moment, for 24 hours', async () => {
  const user = await world.developer()
  const eventId = await askForReset(user)
  await deliver(eventId)
  const [mail] = await mailsOf(eventId)
  expect(mail?.recipient).toBe(user.email)
  expect(mail?.text).toContain(`${origin}/auth/reset/code?token=`)
  const payload = await contextFor(visitor).tokens.read('password_reset', tokenIn(mail?.text ?? ''))
  expect(payload).toMatchObject({ userId: user.userId, version: 1 })
  expect(Math.abs((payload?.expiresAt ?? 0) - Date.now() - 86_400_000)).toBeLessThan(60_000)
  expect(mail?.html).toContain(tokenIn(mail?.text ?? ''))
})

test('of two links that were asked for only the newer one is mailed', async () => {
  const user = await world.developer()
  const older = await askForReset(user, Date.now() - 5000)
  const newer = await askForReset(user)
  await deliver(older)
  await deliver(newer)
  expect(await mailsOf(older)).toHaveLength(0)
  expect(await deliveriesOf(older)).toMatchObject([
    { state: 'sent', sentAt: null, lastError: 'A newer link was asked for.' },
  ])
  expect(await mailsOf(newer)).toHaveLength(1)
})

test('no link is mailed once the password has changed', async () => {
  const user = await world.developer()
  const eventId = await askForReset(user, Date.now() - 5000)
  await db.update(users).set({ passwordChangedAt: Date.now() }).where(eq(users.id, user.userId))
  await deliver(eventId)
  expect(await mailsOf(eventId)).toHaveLength(0)
})

test('the link that confirms an address names the address, and is not sent when it is confirmed', async () => {
  const user = await world.developer({ row: { state: 'pending' } })
  const about = { type: 'user.verification_requested', subjectType: 'user', subjectId: user.userId } as const
  const eventId = await eventOf(about)
  await deliver(eventId)
  const [mail] = await mailsOf(eventId)
  expect(mail?.text).toContain(`${origin}/auth/verify?token=`)
  const payload = await contextFor(visitor).tokens.read('email_verification', tokenIn(mail?.text ?? ''))
  expect(payload).toMatchObject({ userId: user.userId, version: 0, email: user.email })

  await db.update(users).set({ emailVerifiedAt: Date.now() }).where(eq(users.id, user.userId))
  const late = await eventOf(about)
  await deliver(late)
  expect(await mailsOf(late)).toHaveLength(0)
})

test('an invitation’s link lasts seven days', async () => {
  const user = await world.developer({ row: { state: 'invited', passwordHash: null } })
  const eventId = await eventOf({ type: 'user.invited', subjectType: 'user', subjectId: user.userId })
  await deliver(eventId)
  const [mail] = await mailsOf(eventId)
  expect(mail?.text).toContain(`${origin}/auth/invite?token=`)
  const payload = await contextFor(visitor).tokens.read('invitation', tokenIn(mail?.text ?? ''))
  expect(Math.abs((payload?.expiresAt ?? 0) - Date.now() - 7 * 86_400_000)).toBeLessThan(60_000)
})

test('with the token store down the mail waits, and is sent when it is back', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const user = await world.developer()
  const eventId = await askForReset(user)
  const down = {
    ...env,
    TOKENS: { put: () => Promise.reject(new Error('KV is down')) } as unknown as KVNamespace,
  }
  expect((await deliver(eventId, { env: down })).retried).toHaveLength(1)
  expect(await deliveriesOf(eventId)).toMatchObject([{ state: 'pending', attempts: 1 }])
  await db.update(deliveries).set({ nextAttemptAt: 0 }).where(eq(deliveries.eventId, eventId))
  await deliver(eventId)
  expect(await mailsOf(eventId)).toHaveLength(1)
})

test('a token is in the mail and nowhere else: not in events, deliveries, queue messages or logs', async () => {
  const logged = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn')].map((spy) =>
    spy.mockImplementation(() => {}),
  )
  const user = await world.developer()
  const eventId = await askForReset(user)
  await deliver(eventId)
  const [mail] = await mailsOf(eventId)
  const token = tokenIn(mail?.text ?? '')
  expect(token).toHaveLength(43)
  const stored = JSON.stringify([await db.select().from(events), await db.select().from(deliveries)])
  const logs = logged.flatMap((spy) => spy.mock.calls.flat()).join('\n')
  expect(stored + logs).not.toContain(token)
  expect(stored).not.toContain('scrypt')
  const keys = (await env.TOKENS.list()).keys.map((key) => key.name).join()
  expect(keys).not.toContain(token)
})

test('a forged Host changes no link of a mail', async () => {
  const user = await world.developer()
  await new Portal().post(
    '/auth/reset',
    { email: user.email },
    { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
  )
  const [asked] = await db.select().from(events).where(eq(events.subjectId, user.userId))
  if (!asked) throw new Error('the reset was not asked for')
  await deliver(asked.id)
  const [mail] = await mailsOf(asked.id)
  expect(mail?.html + (mail?.text ?? '')).not.toContain('evil.example')
  expect(mail?.text).toContain(`${origin}/auth/reset/code?token=`)
})
