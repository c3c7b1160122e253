// The first admin is made once, by the holder of the deployment's token.
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { events, users } from '~db/schema'
import { freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { db } from '~test/support/context'
import { Portal } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(async () => {
  await openPortal()
  await db.delete(users).where(eq(users.role, 'admin'))
})

const form = (n = 0, setupToken = 'setup-token-of-the-tests') => ({
  setupToken,
  email: `first-${n}-${crypto.randomUUID().slice(0, 6)}@portal.example`,
  firstName: 'Fia',
  lastName: 'Admin',
  password: freshPassword,
  passwordAgain: freshPassword,
})

const setUp = (fields: Record<string, string | string[]>, path = '/setup') =>
  new Portal().post(path, fields, { 'cf-connecting-ip': newAddress() })

const admins = () => db.select().from(users).where(eq(users.role, 'admin'))

test('two parallel posts make one admin, five times over; afterwards the page does not exist', async () => {
  for (let round = 0; round < 5; round += 1) {
    await db.delete(users).where(eq(users.role, 'admin'))
    const both = await Promise.all([setUp(form(1)), setUp(form(2))])
    expect(both.filter((response) => response.status === 303)).toHaveLength(1)
    expect(await admins()).toHaveLength(1)
  }
  for (const path of ['/setup', '/setup.data', '/Setup', '/setup/', '/%73etup']) {
    expect((await setUp(form(3), path)).status, path).toBe(404)
    expect((await new Portal().request(path)).status, path).toBe(404)
  }
  expect(await admins()).toHaveLength(1)
})

test.each(['deactivated', 'invited'] as const)('an admin who is %s keeps set-up closed', async (state) => {
  await world.admin({ state })
  expect((await setUp(form())).status).toBe(404)
  expect(await admins()).toHaveLength(1)
})

test('an account with the address becomes no admin by set-up, whatever case it is written in', async () => {
  const person = await world.developer()
  const response = await setUp({ ...form(), email: person.email.toUpperCase() })
  expect(response.status).toBe(409)
  expect(await admins()).toEqual([])
  const [row] = await db.select().from(users).where(eq(users.id, person.userId))
  expect(row).toMatchObject({ role: 'developer', passwordHash: world.passwordHash })
})

test('every wrong token is refused alike, and writes nothing', async () => {
  const before = (await db.select().from(events)).length
  for (const token of [
    'setup-token-of-the-test',
    'setup-token-of-the-tests2',
    'SETUP-TOKEN-OF-THE-TESTS',
    '\u0000',
    'null',
    '__proto__',
  ])
    expect((await setUp(form(0, token))).status, token).toBe(403)
  for (const fields of [
    { ...form(), setupToken: '' },
    { ...form(), setupToken: ['setup-token-of-the-tests', 'x'] },
  ])
    expect((await setUp(fields)).status).toBe(422)
  expect(await admins()).toEqual([])
  expect((await db.select().from(events)).length).toBe(before)
})

test('guessing the token ends after twenty tries from one address', async () => {
  const portal = new Portal()
  const statuses: number[] = []
  for (let n = 0; n < 22; n += 1)
    statuses.push(
      (await portal.post('/setup', form(n, `guess ${n}`), { 'cf-connecting-ip': '198.19.0.1' })).status,
    )
  expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 403))
  expect(statuses.slice(20)).toEqual([429, 429])
})
