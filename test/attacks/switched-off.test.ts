// What a setting switches off is off in the worker, not only on the screen.
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { newId } from '~/domain/kernel/ids'
import { sessionCookie } from '~/platform/cookies'
import { inviteCodes, users } from '~db/schema'
import { freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { db } from '~test/support/context'
import { askWorker, origin, Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

test('with registration off nobody registers: not by the form, its data, another spelling, or an invite code', async () => {
  const organization = await world.organization()
  const code = `CODE-${crypto.randomUUID().slice(0, 8)}`
  await db.insert(inviteCodes).values({
    id: newId('code', Date.now()),
    code,
    codeKey: code.toLowerCase(),
    organizationId: organization.id,
    teamId: organization.allUsersId,
    maxUses: 5,
    createdAt: Date.now(),
  })
  await world.setSettings({ registrationEnabled: false })
  const count = async () => (await db.select({ id: users.id }).from(users)).length
  const before = await count()
  for (const inviteCode of ['', code, 'unknown']) {
    for (const path of [
      '/auth/register',
      '/auth/register.data',
      '/auth/register?index',
      `/auth/register?code=${code}`,
      '/auth/register?registrationEnabled=true',
      '/Auth/Register',
      '/auth/register/',
      '/auth/%72egister',
    ]) {
      const response = await new Portal().post(
        path,
        {
          email: `off-${crypto.randomUUID().slice(0, 8)}@people.example`,
          firstName: 'Noa',
          lastName: 'Berg',
          password: freshPassword,
          passwordAgain: freshPassword,
          inviteCode,
          registrationEnabled: 'on',
        },
        { 'cf-connecting-ip': newAddress() },
      )
      expect(response.status, path).toBeGreaterThanOrEqual(400)
      expect(response.status, path).toBeLessThan(500)
    }
  }
  expect(await count()).toBe(before)
  const [row] = await db.select().from(inviteCodes).where(eq(inviteCodes.code, code))
  expect(row?.uses).toBe(0)
  // Once it is on again the same form works, so it was the setting that refused.
  await openPortal()
  const open = await new Portal().post(
    '/auth/register',
    {
      email: `on-${crypto.randomUUID().slice(0, 8)}@people.example`,
      firstName: 'Noa',
      lastName: 'Berg',
      password: freshPassword,
      passwordAgain: freshPassword,
      inviteCode: '',
    },
    { 'cf-connecting-ip': newAddress() },
  )
  expect(open.status).toBe(303)
})

test('an invitation page without a token makes no account, whatever else is sent', async () => {
  const before = (await db.select({ id: users.id }).from(users)).length
  const response = await new Portal().post(
    '/auth/invite',
    {
      email: 'eve@people.example',
      password: freshPassword,
      passwordAgain: freshPassword,
      redemptionId: crypto.randomUUID(),
    },
    { 'cf-connecting-ip': newAddress() },
  )
  expect(response.status).toBe(410)
  expect((await db.select({ id: users.id }).from(users)).length).toBe(before)
})

test('with sign-in off developers open no session and open sessions see nothing; admins still get in', async () => {
  const person = await world.developer()
  const admin = await world.admin()
  const inside = await signedIn(person)
  await world.setSettings({ signInEnabled: false })
  for (const path of ['/auth/login', '/auth/login.data', '/Auth/Login', '/auth/login?returnTo=/cart']) {
    const portal = new Portal()
    const response = await portal.post(
      path,
      { email: person.email, password: world.password },
      { 'cf-connecting-ip': newAddress() },
    )
    expect(response.status, path).toBe(403)
    expect(portal.cookies.has(sessionCookie)).toBe(false)
  }
  expect((await inside.request('/dashboard/profile')).status).toBe(303)
  expect(
    (await inside.post('/dashboard/profile', { firstName: 'Eve', lastName: 'Evil' })).headers.get('location'),
  ).toContain('/auth/login')
  const portal = new Portal()
  expect(
    (
      await portal.post(
        '/auth/login',
        { email: admin.email, password: world.password },
        { 'cf-connecting-ip': newAddress() },
      )
    ).status,
  ).toBe(303)
})

test('a private or hidden portal is so for its data too', async () => {
  const catalog = await world.catalog('public')
  const product = await world.product([catalog.id])
  for (const visibility of ['private', 'hidden'] as const) {
    await world.setSettings({ visibility })
    for (const path of [
      '/catalogs',
      '/catalogs.data',
      `/products/${product.slug}`,
      `/products/${product.slug}.data`,
    ]) {
      const response = await askWorker(`${origin}${path}`)
      expect(await response.text(), `${visibility} ${path}`).not.toContain(product.name)
    }
  }
})
