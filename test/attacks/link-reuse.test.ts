// One link, one use: also where two locations of the token store disagree about what is there.
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { acceptInvitation } from '~/domain/accounts/accept-invitation.server'
import { changePassword } from '~/domain/accounts/change-password.server'
import { confirmEmailChange } from '~/domain/accounts/confirm-email-change.server'
import { deactivateUser } from '~/domain/accounts/deactivate-user.server'
import { requestEmailChange } from '~/domain/accounts/request-email-change.server'
import { requestPasswordReset } from '~/domain/accounts/request-password-reset.server'
import { resetPassword } from '~/domain/accounts/reset-password.server'
import type { TokenPurpose } from '~/domain/kernel/context'
import type { Id, UserId } from '~/domain/kernel/ids'
import { newId } from '~/domain/kernel/ids'
import { createTokenStore } from '~/platform/tokens'
import { events, invitations, organizations, users } from '~db/schema'
import { quickHash, quickPasswords } from '~test/domain/accounts/quick-passwords'
import { freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { contextFor, db, visitor } from '~test/support/context'
import { type Location, staleNamespace } from '~test/support/stale-store'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

const clock = { now: Date.now() }
const store = staleNamespace(() => clock.now)
beforeEach(() => {
  clock.now = Date.now()
})

function at(location: Location) {
  return {
    ...contextFor(visitor, clock.now),
    passwords: quickPasswords,
    tokens: createTokenStore(store[location], () => clock.now),
    source: { ip: newAddress(), country: null, userAgent: null },
  }
}

async function row(userId: UserId) {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw new Error('no such user')
  return user
}

async function tokenFor(purpose: TokenPurpose, userId: UserId, email?: string) {
  const { resetVersion } = await row(userId)
  const payload = {
    userId,
    version: resetVersion,
    expiresAt: clock.now + 86_400_000,
    ...(email ? { email } : {}),
  }
  return at('FRA').tokens.issue(purpose, payload, 86_400)
}

const form = (token: string, n = 0) => ({
  token,
  password: `${freshPassword} ${n}`,
  passwordAgain: `${freshPassword} ${n}`,
  redemptionId: crypto.randomUUID(),
})

const reset = (location: Location, token: string, n = 0) => resetPassword(at(location), form(token, n))

async function changesOf(userId: UserId) {
  const rows = await db.select().from(events).where(eq(events.subjectId, userId))
  return rows.filter((event) => /password_changed|invitation_accepted|email_changed/.test(event.type)).length
}

test('of forty who redeem one link at once in two locations, one wins; afterwards it is used everywhere', async () => {
  for (let round = 0; round < 3; round += 1) {
    const person = await world.developer()
    const token = await tokenFor('password_reset', person.userId)
    // Both locations have seen the token, and will go on seeing it for a minute after it was deleted.
    for (const location of ['FRA', 'SIN'] as const) await at(location).tokens.read('password_reset', token)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => reset(n % 2 ? 'FRA' : 'SIN', token, n)),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(await changesOf(person.userId)).toBe(1)
    clock.now += 5000
    for (const location of ['FRA', 'SIN'] as const)
      expect(await reset(location, token)).toMatchObject({ error: { code: 'token_used' } })
    expect(await changesOf(person.userId)).toBe(1)
  }
})

test('an invitation is accepted once, in whichever location', async () => {
  const person = await world.developer({ row: { state: 'invited', passwordHash: null } })
  await invite(person.userId)
  const token = await tokenFor('invitation', person.userId)
  for (const location of ['FRA', 'SIN'] as const) await at(location).tokens.read('invitation', token)
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => acceptInvitation(at(n % 2 ? 'FRA' : 'SIN'), form(token, n))),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await changesOf(person.userId)).toBe(1)
})

test('a fresh link that a location does not know yet is called dead there, consumes nothing, and works a minute later', async () => {
  const person = await world.developer()
  const token = await tokenFor('password_reset', person.userId)
  const hash = await at('SIN').tokens.hash(token)
  // The other location was asked for the key before it was written, and remembers that there was none.
  const elsewhere = staleNamespace(() => clock.now)
  const late = { ...at('SIN'), tokens: createTokenStore(elsewhere.SIN, () => clock.now) }
  expect(await late.tokens.read('password_reset', token)).toBeNull()
  await elsewhere.FRA.put(
    `password_reset:${hash}`,
    JSON.stringify({ userId: person.userId, version: 0, expiresAt: clock.now + 86_400_000 }),
  )
  expect(await resetPassword(late, form(token))).toMatchObject({ error: { code: 'token_invalid' } })
  clock.now += 61_000
  expect(await resetPassword({ ...late, now: clock.now }, form(token))).toMatchObject({ ok: true })
})

async function invite(userId: UserId): Promise<void> {
  await db.insert(invitations).values({
    id: newId('inv', clock.now),
    userId,
    state: 'open',
    expiresAt: clock.now + 86_400_000,
    createdAt: clock.now,
  })
}

type Death = [string, (person: Awaited<ReturnType<typeof world.developer>>) => Promise<unknown>]

const deaths: Death[] = [
  ['a newer link was used', async (person) => reset('FRA', await tokenFor('password_reset', person.userId))],
  ['a newer one was asked for', (person) => requestPasswordReset(at('FRA'), { email: person.email })],
  [
    'the password was changed',
    (person) =>
      changePassword(
        { ...contextFor(person, clock.now), passwords: quickPasswords },
        { currentPassword: world.password, password: freshPassword, passwordAgain: freshPassword },
      ),
  ],
  [
    'the address was changed',
    async (person) => {
      const email = `moved-${crypto.randomUUID().slice(0, 8)}@people.example`
      await requestEmailChange(
        { ...contextFor(person, clock.now), passwords: quickPasswords },
        { email, currentPassword: world.password },
      )
      return confirmEmailChange(at('FRA'), { token: await tokenFor('email_change', person.userId, email) })
    },
  ],
  [
    'the account was closed',
    async (person) => deactivateUser(contextFor(await world.admin()), person.userId, { reason: '' }),
  ],
  [
    'its day is over',
    async () => {
      clock.now += 86_400_001
    },
  ],
]

test.each(deaths)(
  'a reset link is dead after %s, also where the old entry is still cached',
  async (_name, happen) => {
    const person = await world.developer()
    await db
      .update(users)
      .set({ passwordHash: await quickHash(world.password) })
      .where(eq(users.id, person.userId))
    const token = await tokenFor('password_reset', person.userId)
    await at('SIN').tokens.read('password_reset', token)
    await happen(person)
    const before = (await row(person.userId)).passwordHash
    for (const location of ['FRA', 'SIN'] as const)
      expect(await reset(location, token)).toMatchObject({ error: { code: 'token_invalid' } })
    expect((await row(person.userId)).passwordHash).toBe(before)
  },
)

test.each([
  ['its organization was suspended', { state: 'suspended' as const }],
  ['its organization was rejected', { state: 'rejected' as const }],
])('an invitation is dead after %s', async (_name, change) => {
  const organization = await world.organization()
  const person = await world.developer({
    organizationId: organization.id,
    row: { state: 'invited', passwordHash: null },
  })
  await invite(person.userId)
  const token = await tokenFor('invitation', person.userId)
  await db
    .update(organizations)
    .set(change)
    .where(eq(organizations.id, organization.id as Id<'org'>))
  expect(await acceptInvitation(at('SIN'), form(token))).toMatchObject({ ok: false })
  expect((await row(person.userId)).state).toBe('invited')
})

test('an invitation makes only the account that it was made for active, whoever opens it', async () => {
  const bob = await world.developer({ row: { state: 'invited', passwordHash: null } })
  const eve = await world.developer()
  await invite(bob.userId)
  const token = await tokenFor('invitation', bob.userId)
  const before = await row(eve.userId)
  expect(await acceptInvitation({ ...at('FRA'), actor: eve }, form(token))).toMatchObject({ ok: true })
  expect(await row(eve.userId)).toEqual(before)
  expect(await row(bob.userId)).toMatchObject({ state: 'active', email: bob.email })
})
