// Keys are shown to who was there lately, and not to whoever holds the session.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { confirmPresence } from '~/domain/accounts/confirm-presence.server'
import { confirmPresenceInput, seeKeyWithinMs, useKeyWithinMs } from '~/domain/accounts/presence'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { sessionCookie } from '~/platform/cookies'
import { sha256Hex } from '~/platform/encoding'
import { paths } from '~/platform/paths'
import { credentials, events, sessions } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { Portal } from '~test/support/portal'
import { granted } from '~test/support/requests'
import { authenticator, codeAt } from '~test/support/second-factors'
import * as world from '~test/support/world'

const keyPattern = /prt_live_[0-9A-Za-z]{38}/
const longAgo = () => Date.now() - 13 * 3_600_000

async function withKey() {
  const actor = await world.superAdmin()
  const app = await world.app(actor)
  await granted(actor, { app: app.id })
  const [credential] = await db.select().from(credentials).where(eq(credentials.appId, app.id))
  if (!credential) throw new Error('no credential')
  return { actor, appId: app.id, credentialId: credential.id }
}

/** A session whose owner logged in long ago, and who acts in it. */
async function oldSession(of: DeveloperActor) {
  const token = await world.session(of.userId, { authenticatedAt: longAgo() })
  const tokenHash = await sha256Hex(token)
  const [row] = await db.select().from(sessions).where(eq(sessions.tokenHash, tokenHash))
  if (!row) throw new Error('no session')
  const portal = new Portal()
  portal.cookies.set(sessionCookie, token)
  return { actor: { ...of, sessionId: row.id, provenAt: row.authenticatedAt }, portal }
}

function provenAt(sessionId: DeveloperActor['sessionId']) {
  return db
    .select({ password: sessions.authenticatedAt, factor: sessions.secondFactorAt })
    .from(sessions)
    .where(eq(sessions.id, sessionId))
    .then(([row]) => row)
}

test('a key is shown for 15 minutes after a log-in, and lent to a call for 12 hours', async () => {
  const { actor, appId, credentialId } = await withKey()
  for (const [purpose, withinMs] of [
    ['show', seeKeyWithinMs],
    ['call', useKeyWithinMs],
  ] as const) {
    const last = contextFor(actor, actor.provenAt + withinMs - 1)
    expect(await revealCredential(last, appId, credentialId, purpose)).toMatchObject({ ok: true })
    const late = contextFor(actor, actor.provenAt + withinMs)
    expect(await revealCredential(late, appId, credentialId, purpose)).toMatchObject({
      error: { code: 'proof_needed' },
    })
    expect(late.announced).toEqual([])
  }
  const shown = await db.select().from(events).where(eq(events.subjectId, credentialId))
  expect(shown.filter((event) => event.type === 'credential.revealed')).toHaveLength(2)
})

test('in an old session the page asks for the password, and shows the key once it is right; then it is remembered', async () => {
  const { actor, appId, credentialId } = await withKey()
  const { portal } = await oldSession(actor)
  const reveal = paths.dashboard.revealCredential(appId, credentialId)
  // The button on the app's page leads here, and gets no key.
  const sent = await portal.post(reveal)
  expect([sent.status, sent.headers.get('location')]).toEqual([303, reveal])
  const call = await portal.post(paths.dashboard.callWithCredential(appId, credentialId))
  expect(call.status).toBe(403)
  expect(await call.text()).toContain('Press Reveal on the page of the app')
  const asking = await portal.get(reveal)
  expect(asking.html).toContain('Confirm that it is you')
  expect(asking.html).toContain('name="currentPassword"')
  expect(asking.html).not.toContain('name="factorCode"')
  expect(asking.response.headers.get('server-timing')).toMatch(/"[12] trips"/)
  const empty = await portal.post(reveal, { asked: 'yes' })
  expect(empty.status).toBe(422)
  expect(await empty.text()).toContain('Enter your password.')
  const wrong = await portal.post(reveal, { asked: 'yes', currentPassword: 'not this one at all' })
  expect(wrong.status).toBe(422)
  const text = await wrong.text()
  expect(text).toContain('This is not your current password')
  expect(text).not.toMatch(keyPattern)
  expect(text).not.toContain('not this one at all')
  const right = await portal.post(reveal, { asked: 'yes', currentPassword: world.password })
  expect([right.status, right.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(await right.text()).toMatch(keyPattern)
  expect(await (await portal.post(reveal)).text()).toMatch(keyPattern)
  expect((await portal.post(paths.dashboard.callWithCredential(appId, credentialId))).status).toBe(200)
})

test('wrong passwords are counted: after ten nobody gets further, not with the right one either', async () => {
  const { actor, appId, credentialId } = await withKey()
  const { actor: old } = await oldSession(actor)
  const tries = await Promise.all(
    Array.from({ length: 10 }, () =>
      confirmPresence(contextFor(old), confirmPresenceInput.parse({ currentPassword: 'wrong' }), null),
    ),
  )
  expect(tries.every((one) => !one.ok)).toBe(true)
  const right = confirmPresenceInput.parse({ currentPassword: world.password })
  expect(await confirmPresence(contextFor(old), right, null)).toMatchObject({
    error: { code: 'too_many_attempts' },
  })
  expect(await revealCredential(contextFor(old), appId, credentialId)).toMatchObject({
    error: { code: 'proof_needed' },
  })
})

test('a code proves instead of the password, and of forty sessions that show the same code one is proved', async () => {
  const { actor, appId, credentialId } = await withKey()
  const secret = await authenticator(actor)
  const { portal } = await oldSession(actor)
  expect((await portal.get(paths.dashboard.revealCredential(appId, credentialId))).html).toContain(
    'name="factorCode"',
  )
  const old = await Promise.all(Array.from({ length: 40 }, () => oldSession(actor)))
  const now = Date.now()
  const input = confirmPresenceInput.parse({ factorCode: codeAt(secret, now) })
  const answers = await Promise.all(
    old.map((one, at) => {
      // From addresses of their own, so that the race is not decided by counting tries.
      const ctx = {
        ...contextFor(one.actor, now),
        source: { ip: `192.0.2.${at}`, country: null, userAgent: null },
      }
      return confirmPresence(ctx, input, null)
    }),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  const proven = (await Promise.all(old.map((one) => provenAt(one.actor.sessionId)))).filter(
    (row) => row?.factor === now,
  )
  expect(proven).toHaveLength(1)
})

test('a confirmation counts for its own session alone, and a form that gives nothing proves nothing', async () => {
  const { actor } = await withKey()
  const [one, other] = [await oldSession(actor), await oldSession(actor)]
  const ctx = contextFor(one.actor)
  const nothing = await confirmPresence(ctx, confirmPresenceInput.parse({}), null)
  expect(nothing.ok && nothing.value.actor.provenAt).toBe(one.actor.provenAt)
  const right = confirmPresenceInput.parse({ currentPassword: world.password })
  const proved = await confirmPresence(ctx, right, null)
  expect(proved.ok && proved.value.actor.provenAt).toBe(ctx.now)
  expect((await provenAt(one.actor.sessionId))?.password).toBe(ctx.now)
  expect((await provenAt(other.actor.sessionId))?.password).toBeLessThan(ctx.now)
})
