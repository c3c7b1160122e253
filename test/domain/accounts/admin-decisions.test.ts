import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { activateUser } from '~/domain/accounts/activate-user.server'
import { addAdmin } from '~/domain/accounts/add-admin.server'
import { addDeveloper } from '~/domain/accounts/add-developer.server'
import { createFirstAdmin, needsSetup } from '~/domain/accounts/create-first-admin.server'
import { getUser } from '~/domain/accounts/queries-user.server'
import { listUsers } from '~/domain/accounts/queries-users.server'
import { rejectDeveloper } from '~/domain/accounts/reject-developer.server'
import { userListFilter } from '~/domain/accounts/user-list'
import { NotFoundError } from '~/domain/kernel/errors'
import { events, teamMembers, users } from '~db/schema'
import { contextFor, db, visitor } from '~test/support/context'
import * as world from '~test/support/world'
import { quickPasswords } from './quick-passwords'

// Real password hashes take a tenth of a second each, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

async function stateOf(userId: `usr_${string}`) {
  return (await db.select().from(users).where(eq(users.id, userId)))[0]
}

const setup = {
  email: 'first@portal.example',
  firstName: 'Fia',
  lastName: 'Admin',
  password: 'kites over Oslo 7',
  passwordAgain: 'kites over Oslo 7',
  setupToken: 'the-token',
}
const isSetupToken = async (token: string) => token === 'the-token'

test('set-up makes one first admin, for the holder of the token, and is then gone', async () => {
  await db.delete(users).where(eq(users.role, 'admin'))
  const made = () => db.select().from(events).where(eq(events.type, 'admin.created'))
  const before = (await made()).length
  expect(await needsSetup(contextFor(visitor))).toBe(true)
  expect(
    await createFirstAdmin(contextFor(visitor), { ...setup, setupToken: 'a guess' }, isSetupToken),
  ).toMatchObject({ error: { fields: { setupToken: [expect.any(String)] } } })
  const answers = await Promise.all(
    Array.from({ length: 15 }, (_, n) =>
      createFirstAdmin(
        { ...contextFor(visitor), passwords: quickPasswords },
        { ...setup, email: `first${n}@portal.example` },
        isSetupToken,
      ),
    ),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(await db.select().from(users).where(eq(users.role, 'admin'))).toHaveLength(1)
  expect(await made()).toHaveLength(before + 1)
  expect(await needsSetup(contextFor(visitor))).toBe(false)
  expect(await createFirstAdmin(contextFor(visitor), setup, isSetupToken)).toMatchObject({
    error: { code: 'not_found' },
  })
})

test('of forty admins who decide at once one wins, one event is written, and the others learn who it was', async () => {
  const admins = await Promise.all([
    world.admin({ firstName: 'Ada', lastName: 'One' }),
    world.admin({ firstName: 'Bea', lastName: 'Two' }),
  ])
  const person = await world.developer({ row: { state: 'pending' } })
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => {
      const ctx = contextFor(admins[n % 2] as (typeof admins)[number])
      return n % 2 === 0
        ? activateUser(ctx, person.userId)
        : rejectDeveloper(ctx, person.userId, { reason: 'Not now' })
    }),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  const user = await stateOf(person.userId)
  const winner = user?.state === 'active' ? admins[0] : admins[1]
  expect(user?.decidedById).toBe(winner.userId)
  const written = await db.select().from(events).where(eq(events.subjectId, person.userId))
  expect(written.map((event) => event.type)).toEqual([
    user?.state === 'active' ? 'user.activated' : 'user.rejected',
  ])
  const loser = answers.find((answer) => !answer.ok)
  expect(loser).toMatchObject({
    error: { code: 'already_decided', message: expect.stringContaining(`already by ${winner.name}.`) },
  })
})

test('a rejection keeps its reason, and a rejected developer cannot be activated', async () => {
  const admin = await world.admin()
  const person = await world.developer({ row: { state: 'pending' } })
  expect(
    await rejectDeveloper(contextFor(admin), person.userId, { reason: 'No company address' }),
  ).toMatchObject({ ok: true })
  expect(await stateOf(person.userId)).toMatchObject({ state: 'rejected', stateReason: 'No company address' })
  const [event] = await db.select().from(events).where(eq(events.subjectId, person.userId))
  expect(event?.data).toMatchObject({ name: person.name, reason: 'No company address' })
  expect(await activateUser(contextFor(admin), person.userId)).toMatchObject({
    error: { code: 'already_decided' },
  })
})

test('a deactivated developer or admin can be activated again; an unknown user does not exist', async () => {
  const admin = await world.admin()
  const person = await world.developer({ row: { state: 'deactivated' } })
  expect(await activateUser(contextFor(admin), person.userId)).toMatchObject({ ok: true })
  expect(await activateUser(contextFor(admin), 'usr_unknown')).toMatchObject({
    error: { code: 'not_found' },
  })
  const other = await world.admin({ state: 'deactivated' })
  expect(await activateUser(contextFor(admin), other.userId)).toMatchObject({ ok: true })
  expect((await stateOf(other.userId))?.state).toBe('active')
})

const given = { firstName: 'Ida', lastName: 'Holm', password: 'kites over Oslo 7', mustChangePassword: true }

test('an added developer is active, in the default team and the chosen ones, and may have to change the password', async () => {
  const admin = await world.admin()
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const added = await addDeveloper(contextFor(admin), {
    ...given,
    email: 'ida@people.example',
    organizationId: organization.id,
    orgRole: 'super_admin',
    teamIds: [team.id],
  })
  if (!added.ok) throw new Error(added.error.message)
  expect(await stateOf(added.value.userId)).toMatchObject({
    state: 'active',
    orgRole: 'super_admin',
    mustChangePassword: true,
    organizationId: organization.id,
  })
  const memberships = await db.select().from(teamMembers).where(eq(teamMembers.userId, added.value.userId))
  expect(memberships.map((row) => row.teamId).sort()).toEqual([organization.allUsersId, team.id].sort())
  expect(
    await addDeveloper(contextFor(admin), {
      ...given,
      email: 'IDA@people.example',
      organizationId: organization.id,
      orgRole: 'team_member',
      teamIds: [],
    }),
  ).toMatchObject({
    error: { fields: { email: [expect.any(String)] } },
  })
})

test("a developer cannot be put into another organization's team, nor into none", async () => {
  const admin = await world.admin()
  const [own, other] = [await world.organization(), await world.organization()]
  const add = (organizationId: `org_${string}`, teamIds: `team_${string}`[]) =>
    addDeveloper(contextFor(admin), {
      ...given,
      email: 'misplaced@people.example',
      organizationId,
      orgRole: 'team_member',
      teamIds,
    })
  expect(await add(own.id, [other.allUsersId])).toMatchObject({
    error: { fields: { organizationId: [expect.any(String)] } },
  })
  expect(await add('org_unknown', [])).toMatchObject({
    error: { fields: { organizationId: [expect.any(String)] } },
  })
  expect(await db.select().from(users).where(eq(users.emailKey, 'misplaced@people.example'))).toEqual([])
})

test('without a password an account waits as invited; a weak one is refused', async () => {
  const admin = await world.admin()
  const added = await addAdmin(contextFor(admin), {
    ...given,
    email: 'invited-admin@people.example',
    password: null,
  })
  expect(added.ok && (await stateOf(added.value.userId))).toMatchObject({
    role: 'admin',
    state: 'invited',
    mustChangePassword: false,
    organizationId: null,
  })
  expect(
    await addAdmin(contextFor(admin), { ...given, email: 'weak@people.example', password: 'password1234' }),
  ).toMatchObject({ error: { fields: { password: [expect.any(String)] } } })
})

test('the list of users is searched by name and address, filtered by state, and paged both ways', async () => {
  const admin = await world.admin()
  const mark = crypto.randomUUID().slice(0, 8)
  const made: string[] = []
  for (let n = 0; n < 5; n += 1) {
    const person = await world.developer({
      row: { lastName: `Pager${mark}`, state: n === 2 ? 'pending' : 'active', createdAt: 1_000_000 + n },
    })
    made.unshift(person.userId)
  }
  const list = (changes: object = {}) =>
    listUsers(contextFor(admin), {
      ...userListFilter(new URLSearchParams({ q: `PAGER${mark}` })),
      page: { cursor: null, direction: 'next', size: 2 },
      ...changes,
    })
  const first = await list()
  const second = await list({ page: { cursor: first.next, direction: 'next', size: 2 } })
  const back = await list({ page: { cursor: second.previous, direction: 'previous', size: 2 } })
  expect(first.rows.map((row) => row.id)).toEqual(made.slice(0, 2))
  expect(second.rows.map((row) => row.id)).toEqual(made.slice(2, 4))
  expect(back.rows).toEqual(first.rows)
  expect((await list({ state: 'pending' })).rows.map((row) => row.id)).toEqual([made[2]])
  expect((await list({ state: 'inactive' })).rows).toHaveLength(1)
  expect((await list({ search: `%_'";${'x'.repeat(200)}` })).rows).toEqual([])
})

test("a user's page knows organization, teams and who decided; an unknown user does not exist", async () => {
  const admin = await world.admin()
  const person = await world.developer({ row: { state: 'pending' } })
  await activateUser(contextFor(admin), person.userId)
  expect(await getUser(contextFor(admin), person.userId)).toMatchObject({
    name: person.name,
    organizationName: 'Default organization',
    teams: [{ id: 'team_default', name: 'Default organization All users' }],
    decidedBy: admin.name,
  })
  await expect(getUser(contextFor(admin), 'usr_unknown')).rejects.toThrow(NotFoundError)
})
