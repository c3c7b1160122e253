import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { events, sessions, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

// Real password hashes take a tenth of a second each, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const fresh = 'kites over Oslo 7'

async function mailedToken(userId: `usr_${string}`) {
  const ctx = contextFor(visitor)
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  return ctx.tokens.issue(
    'password_reset',
    { userId, version: user?.resetVersion ?? -1, expiresAt: ctx.now + 86_400_000 },
    86_400,
  )
}

function redemptionId(html: string): string {
  return /name="redemptionId" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

beforeEach(() =>
  world.setSettings({ visibility: 'public', signInEnabled: true, requireEmailVerification: false }),
)

test('asking for a reset says the same for every address, and no token is in the answer or its event', async () => {
  const person = await world.developer()
  for (const email of [person.email, 'nobody@people.example']) {
    const portal = new Portal()
    const response = await portal.post('/auth/reset', { email })
    expect({ status: response.status, to: response.headers.get('location') }).toEqual({
      status: 303,
      to: '/auth/reset?sent',
    })
    expect((await portal.get('/auth/reset?sent')).html).toContain(
      'If this account exists, we have sent instructions to reset its password.',
    )
  }
  const written = await db.select().from(events).where(eq(events.subjectId, person.userId))
  expect(written.map((event) => event.type)).toEqual(['user.password_reset_requested'])
  expect(JSON.stringify(written)).not.toMatch(/token/i)
})

test.each([
  { email: '' },
  { email: 'x' },
  {},
  { 'email[]': 'a@b.example' },
  { email: 'a@b.example,c@d.example' },
  { email: 'a@b.example\r\nBcc: c@d.example' },
])('the address %j is refused', async (fields) => {
  expect((await new Portal().post('/auth/reset', fields as Record<string, string>)).status).toBe(422)
})

test('the whole way: link, new password, log in again; every session is ended', async () => {
  const person = await world.developer()
  const elsewhere = await signedIn(person)
  const token = await mailedToken(person.userId)
  const portal = new Portal()
  const first = await portal.request(`/auth/reset/code?token=${token}`)
  expect({
    status: first.status,
    to: first.headers.get('location'),
    policy: first.headers.get('referrer-policy'),
  }).toEqual({ status: 303, to: '/auth/reset/code', policy: 'no-referrer' })
  const page = await portal.get('/auth/reset/code')
  expect(page.status).toBe(200)
  expect(page.html).toContain('Password reset')
  expect(page.html).not.toContain(token)
  expect(page.response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.response.headers.get('cache-control')).toBe('no-store')
  // Opening the page twice consumes nothing.
  await portal.get('/auth/reset/code')

  const form = { redemptionId: redemptionId(page.html), password: fresh, passwordAgain: fresh }
  const weak = await portal.post('/auth/reset/code', {
    ...form,
    password: 'password1234',
    passwordAgain: 'password1234',
  })
  expect(weak.status).toBe(422)
  const weakHtml = await weak.text()
  expect(weakHtml).toContain('first that others would guess')
  expect(weakHtml).not.toContain('password1234')

  const done = await portal.post('/auth/reset/code', form)
  expect({ status: done.status, to: done.headers.get('location') }).toEqual({
    status: 303,
    to: '/auth/reset/code?done',
  })
  const after = await portal.get('/auth/reset/code?done')
  expect(after.html).toContain('Your password has been reset.')
  expect(after.html).toContain('Log in again')
  expect(await db.select().from(sessions).where(eq(sessions.userId, person.userId))).toEqual([])
  expect((await elsewhere.request('/dashboard/profile')).status).toBe(303)
  expect((await new Portal().post('/auth/login', { email: person.email, password: fresh })).status).toBe(303)

  // The same form sent twice has worked; another form with the same link has not.
  expect((await portal.post('/auth/reset/code', form)).headers.get('location')).toBe('/auth/reset/code?done')
  const again = await portal.post('/auth/reset/code', { ...form, redemptionId: crypto.randomUUID() })
  expect(again.status).toBe(410)
})

test.each(['', 'undefined', 'null', 'A'.repeat(43), '0'.repeat(64), 'x; Path=/; Domain=evil.test'])(
  'the link with the token %j is dead, says so, and offers a new one',
  async (token) => {
    const portal = new Portal()
    const page = await portal.get(`/auth/reset/code?token=${encodeURIComponent(token)}`)
    expect(page.status).toBe(410)
    expect(page.html).toContain('Ask for a new link')
    expect(
      (
        await portal.post('/auth/reset/code', {
          redemptionId: crypto.randomUUID(),
          password: fresh,
          passwordAgain: fresh,
        })
      ).status,
    ).toBe(410)
  },
)

test('a form posted by a browser that hides where it comes from still works', async () => {
  const person = await world.developer()
  const portal = new Portal()
  await portal.request(`/auth/reset/code?token=${await mailedToken(person.userId)}`)
  const done = await portal.post(
    '/auth/reset/code',
    { redemptionId: crypto.randomUUID(), password: fresh, passwordAgain: fresh },
    { origin: 'null' },
  )
  expect(done.status).toBe(303)
})

test('set-up makes the first admin once, with the token of the deployment, and is then a page that does not exist', async () => {
  await db.delete(users).where(eq(users.role, 'admin'))
  const form = {
    setupToken: 'a guess at it',
    email: 'first@portal.example',
    firstName: 'Fia',
    lastName: 'Admin',
    password: fresh,
    passwordAgain: fresh,
  }
  expect((await new Portal().get('/setup')).status).toBe(200)
  const guessed = await new Portal().post('/setup', form)
  expect(guessed.status).toBe(403)
  const html = await guessed.text()
  expect(html).toContain('This is not the set-up token')
  expect(html).toContain('value="first@portal.example"')
  expect(html).not.toContain('a guess at it')
  const both = await Promise.all(
    ['first', 'second'].map((name) =>
      new Portal().post('/setup', {
        ...form,
        setupToken: 'setup-token-of-the-tests',
        email: `${name}@portal.example`,
      }),
    ),
  )
  expect(both.filter((response) => response.headers.get('location') === '/auth/login')).toHaveLength(1)
  expect(await db.select().from(users).where(eq(users.role, 'admin'))).toHaveLength(1)
  expect((await new Portal().get('/setup')).status).toBe(404)
  expect(
    (await new Portal().post('/setup', { ...form, setupToken: 'setup-token-of-the-tests' })).status,
  ).toBe(404)
})
