// Every column of the database as a field of every form around accounts: none of them is written.
import { eq, getTableColumns } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { paths } from '~/platform/paths'
import { sessions, settings, users } from '~db/schema'
import { freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { contextFor, db, visitor } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

const wanted: Record<string, string> = {
  role: 'admin',
  orgRole: 'super_admin',
  org_role: 'super_admin',
  state: 'active',
  organizationId: 'org_stolen',
  organization_id: 'org_stolen',
  id: 'usr_chosen',
  userId: 'usr_chosen',
  passwordHash: world.passwordHash,
  emailVerifiedAt: '1',
  mustChangePassword: 'false',
  resetVersion: '0',
  createdAt: '1',
  isAdmin: 'true',
  admin: '1',
  'role[]': 'admin',
  'user.role': 'admin',
}

/** A value for each column of these tables, by both of its names. */
const extra: Record<string, string> = {
  ...Object.fromEntries(
    [users, sessions, settings].flatMap((table) =>
      Object.entries(getTableColumns(table)).flatMap(([key, column]) => [
        [key, wanted[key] ?? '1'],
        [column.name, wanted[key] ?? '1'],
      ]),
    ),
  ),
  ...wanted,
}

type Case = {
  name: string
  /** Fields that the form has itself. */
  own: Record<string, string>
  path: string
  who: 'visitor' | 'member'
  /** Columns that this form is there to change. */
  changes: string[]
}

const names = { firstName: 'Kim', lastName: 'Berg' }
const email = () => `x-${crypto.randomUUID().slice(0, 8)}@people.example`

const cases: Case[] = [
  {
    name: 'profile',
    path: paths.dashboard.profile,
    who: 'member',
    own: names,
    changes: ['firstName', 'lastName', 'nameKey', 'lastNameKey'],
  },
  {
    name: 'notifications',
    path: paths.dashboard.notifications,
    who: 'member',
    own: { notifyRequests: 'never' },
    changes: ['notifyRequests', 'dailyMails'],
  },
  {
    name: 'change of password',
    path: paths.auth.changePassword,
    who: 'member',
    own: { currentPassword: world.password, password: freshPassword, passwordAgain: freshPassword },
    changes: ['passwordHash', 'passwordChangedAt', 'mustChangePassword', 'resetVersion'],
  },
  {
    name: 'change of address',
    path: paths.dashboard.changeEmail,
    who: 'member',
    own: { email: email(), currentPassword: world.password },
    changes: [],
  },
  {
    name: 'ending other sessions',
    path: paths.dashboard.endOtherSessions,
    who: 'member',
    own: {},
    changes: [],
  },
]

test.each(cases)(
  '$name: fields that are not of the form change nothing',
  async ({ path, own, who, changes }) => {
    const person = await world.developer()
    const bystander = await world.developer()
    const portal = who === 'member' ? await signedIn(person) : new Portal()
    const of = async (userId: `usr_${string}`) =>
      (await db.select().from(users).where(eq(users.id, userId)))[0]
    const [before, other, [set]] = [
      await of(person.userId),
      await of(bystander.userId),
      await db.select().from(settings),
    ]
    const response = await portal.post(path, {
      ...extra,
      userId: bystander.userId,
      id: bystander.userId,
      ...own,
    })
    expect(response.status).toBe(303)
    const after = await of(person.userId)
    for (const key of Object.keys(before ?? {}) as (keyof NonNullable<typeof before>)[])
      if (!changes.includes(key)) expect(after?.[key], key).toEqual(before?.[key])
    expect(await of(bystander.userId)).toEqual(other)
    expect((await db.select().from(settings))[0]).toEqual(set)
  },
)

test('registration: whatever columns are sent along, a stranger becomes a pending team member of the default organization', async () => {
  const address = email()
  const response = await new Portal().post(
    '/auth/register',
    {
      ...extra,
      email: address,
      ...names,
      password: freshPassword,
      passwordAgain: freshPassword,
      inviteCode: '',
    },
    { 'cf-connecting-ip': newAddress() },
  )
  expect(response.status).toBe(303)
  const [row] = await db.select().from(users).where(eq(users.emailKey, address))
  expect(row).toMatchObject({
    role: 'developer',
    state: 'pending',
    orgRole: 'team_member',
    organizationId: 'org_default',
    emailVerifiedAt: null,
    lastLoginAt: null,
    resetVersion: 0,
    ...names,
  })
  expect(row?.id).not.toBe('usr_chosen')
  expect(row?.passwordHash).not.toBe(world.passwordHash)
  expect(row?.createdAt).toBeGreaterThan(1)
})

test('log in and reset: columns sent along open nobody else’s session and reset nobody else', async () => {
  const person = await world.developer()
  const admin = await world.admin()
  const portal = new Portal()
  await portal.post(
    '/auth/login',
    { ...extra, userId: admin.userId, id: admin.userId, email: person.email, password: world.password },
    { 'cf-connecting-ip': newAddress() },
  )
  expect((await portal.request('/admin/users')).status).toBe(404)
  const [session] = await db.select().from(sessions).where(eq(sessions.userId, person.userId))
  expect(session?.expiresAt).toBeGreaterThan(Date.now())
  expect(await db.select().from(sessions).where(eq(sessions.userId, admin.userId))).toEqual([])

  const ctx = contextFor(visitor)
  const payload = { userId: person.userId, version: 0, expiresAt: ctx.now + 86_400_000 }
  const token = await ctx.tokens.issue('password_reset', payload, 86_400)
  const mailbox = new Portal()
  await mailbox.request(`/auth/reset/code?token=${token}`)
  const done = await mailbox.post('/auth/reset/code', {
    ...extra,
    userId: admin.userId,
    id: admin.userId,
    email: admin.email,
    redemptionId: crypto.randomUUID(),
    password: freshPassword,
    passwordAgain: freshPassword,
  })
  expect(done.status).toBe(303)
  const [other] = await db.select().from(users).where(eq(users.id, admin.userId))
  expect(other?.passwordHash).toBe(world.passwordHash)
  const [own] = await db.select().from(users).where(eq(users.id, person.userId))
  expect(own).toMatchObject({ role: 'developer', organizationId: 'org_default', state: 'active' })
})

test('an admin who edits a user cannot choose a password for them, nor make them an admin', async () => {
  const person = await world.developer()
  const admin = await signedIn(await world.admin())
  const [before] = await db.select().from(users).where(eq(users.id, person.userId))
  await admin.post(paths.admin.editUser(person.userId), {
    ...extra,
    ...names,
    email: person.email,
    organizationId: 'org_default',
    orgRole: 'team_member',
    password: 'chosen by an admin 1',
    passwordAgain: 'chosen by an admin 1',
  })
  const [after] = await db.select().from(users).where(eq(users.id, person.userId))
  expect(after).toMatchObject({ role: 'developer', passwordHash: before?.passwordHash, id: before?.id })
})
