import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { newId } from '~/domain/kernel/ids'
import { events, inviteCodes, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

// Real password hashes take a tenth of a second each, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const password = 'kites over Oslo 7'

function fields(changes: Record<string, string> = {}) {
  return {
    email: `new-${crypto.randomUUID().slice(0, 8)}@people.example`,
    firstName: 'Noa',
    lastName: 'Berg',
    password,
    passwordAgain: password,
    inviteCode: '',
    ...changes,
  }
}

async function register(input: Record<string, string>) {
  const portal = new Portal()
  const response = await portal.post('/auth/register', input, {
    'cf-connecting-ip': `198.51.100.${1 + Math.floor(Math.random() * 250)}`,
  })
  const location = response.headers.get('location')
  return {
    status: response.status,
    location,
    html: location ? (await portal.get(location)).html : await response.text(),
  }
}

beforeEach(() =>
  world.setSettings({
    registrationEnabled: true,
    autoApproveDevelopers: false,
    requireEmailVerification: false,
    visibility: 'public',
  }),
)

test('the form has the fields of the contract', async () => {
  const { html } = await new Portal().get('/auth/register')
  for (const text of [
    'Create an account',
    'Email address',
    'First name',
    'Last name',
    'Password',
    'Re-enter password',
    'Invite code',
    'Register to developer portal',
    'At least 12 characters.',
  ]) {
    expect(html).toContain(text)
  }
})

test('each outcome has its page', async () => {
  const pending = await register(fields())
  expect(pending.status).toBe(303)
  expect(pending.html).toContain(
    'Your registration request has been sent. You&#x27;ll receive an email once it&#x27;s been approved.',
  )
  await world.setSettings({ autoApproveDevelopers: true })
  const active = await register(fields())
  expect(active.html).toContain('You&#x27;ve successfully registered. You can now log in.')
  expect(active.html).toContain('href="/auth/login"')
  await world.setSettings({ requireEmailVerification: true })
  expect((await register(fields())).html).toContain(
    'You&#x27;ve successfully registered. Confirm your email address with the link that we have sent you, then log in.',
  )
  await world.setSettings({ autoApproveDevelopers: false })
  expect((await register(fields())).html).toContain(
    'Your registration request has been sent. Confirm your email address with the link that we have sent you. You&#x27;ll receive an email once your registration has been approved.',
  )
  await world.setSettings({ registrationEnabled: false })
  expect((await new Portal().get('/auth/register')).html).toContain('Registration is not allowed')
  const refused = await register(fields())
  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Registration is not allowed')
})

test('a taken address leads to the same page', async () => {
  const owner = await world.developer()
  const fresh = await register(fields())
  const taken = await register(fields({ email: owner.email }))
  expect({ status: taken.status, location: taken.location }).toEqual({
    status: fresh.status,
    location: fresh.location,
  })
})

test('who has not confirmed the address is told so at log-in, and gets the link again, at most every ten minutes', async () => {
  await world.setSettings({ requireEmailVerification: true, autoApproveDevelopers: true })
  const input = fields()
  await register(input)
  const [user] = await db
    .select()
    .from(users)
    .where(eq(users.emailKey, input.email ?? ''))
  const asked = async () => {
    const about = await db
      .select()
      .from(events)
      .where(eq(events.subjectId, user?.id ?? ''))
    return about.filter((event) => event.type === 'user.verification_requested')
  }
  const tryToLogIn = async () => {
    const response = await new Portal().post('/auth/login', { email: input.email ?? '', password })
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('Confirm your email address first')
  }
  await tryToLogIn()
  expect(await asked()).toHaveLength(1)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 })
  await tryToLogIn()
  await tryToLogIn()
  expect(await asked()).toHaveLength(2)
})

test('a form that fails keeps every value but the passwords and marks its fields', async () => {
  const input = fields({ password: 'password1234', passwordAgain: 'password1234', lastName: 'Ö"<script>' })
  const page = await register(input)
  expect(page.status).toBe(422)
  expect(page.html).toContain(`value="${input.email}"`)
  expect(page.html).toContain('value="Ö&quot;&lt;script&gt;"')
  expect(page.html).toContain('first that others would guess')
  expect(page.html).toContain('aria-invalid="true"')
  expect(page.html).not.toContain('password1234')
  const bad = await register(fields({ email: 'nonsense', firstName: '' }))
  expect(bad.html).toContain('This is not an email address')
  expect(bad.html).toContain('First name is missing')
})

test('fields that do not belong to the form change nothing', async () => {
  const input = fields({ role: 'admin', state: 'active', organizationId: 'org_other', emailVerifiedAt: '1' })
  await register(input)
  const [row] = await db
    .select()
    .from(users)
    .where(eq(users.emailKey, input.email ?? ''))
  expect(row).toMatchObject({
    role: 'developer',
    state: 'pending',
    organizationId: 'org_default',
    emailVerifiedAt: null,
  })
})

test('an invite code in the address fills its field and locks it, and lets the developer in', async () => {
  const organization = await world.organization()
  await db.insert(inviteCodes).values({
    id: newId('code', Date.now()),
    code: 'WELCOME-7',
    codeKey: 'welcome-7',
    organizationId: organization.id,
    teamId: organization.allUsersId,
    maxUses: 5,
    createdAt: Date.now(),
  })
  const form = await new Portal().get('/auth/register?code=WELCOME-7')
  expect(form.html).toMatch(
    /<input[^>]*(readOnly=""[^>]*value="WELCOME-7"|value="WELCOME-7"[^>]*readOnly="")/i,
  )
  expect((await register(fields({ inviteCode: 'WELCOME-7' }))).html).toContain('You can now log in.')
  expect((await register(fields({ inviteCode: 'WELCOME-8' }))).html).toContain(
    'This invite code cannot be used',
  )
})

test('who is logged in is not asked to register', async () => {
  expect(
    (await (await signedIn(await world.developer())).request('/auth/register')).headers.get('location'),
  ).toBe('/catalogs')
})

test('a link from the mail confirms the address by a press, not by opening it, and its token leaves the address bar', async () => {
  await world.setSettings({ requireEmailVerification: true })
  const person = await world.developer({ row: { state: 'pending' } })
  const ctx = contextFor(visitor)
  const token = await ctx.tokens.issue(
    'email_verification',
    { userId: person.userId, version: 0, expiresAt: ctx.now + 86_400_000, email: person.email },
    86_400,
  )
  const verified = async () =>
    (await db.select().from(users).where(eq(users.id, person.userId)))[0]?.emailVerifiedAt
  const portal = new Portal()
  const first = await portal.request(`/auth/verify?token=${token}`)
  expect({
    status: first.status,
    to: first.headers.get('location'),
    policy: first.headers.get('referrer-policy'),
  }).toEqual({ status: 303, to: '/auth/verify', policy: 'no-referrer' })
  const page = await portal.get('/auth/verify')
  expect(page.html).toContain('Confirm email address')
  expect(page.html).not.toContain(token)
  expect(page.response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await verified()).toBeNull()
  expect((await portal.post('/auth/verify')).headers.get('location')).toBe('/auth/verify?done=pending')
  expect(await verified()).toEqual(expect.any(Number))
  const dead = await new Portal().get('/auth/verify?token=undefined')
  expect(dead.status).toBe(200)
  expect((await new Portal().get('/auth/verify')).html).toContain('This link cannot be used')
})
