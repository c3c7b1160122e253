import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { NotFoundError } from '~/domain/kernel/errors'
import { createOrganization } from '~/domain/organizations/create-organization.server'
import { createTeam } from '~/domain/organizations/create-team.server'
import { createOrganizationInput } from '~/domain/organizations/organization'
import { getOrganization } from '~/domain/organizations/queries.server'
import { listOrganizations } from '~/domain/organizations/queries-list.server'
import { events, organizations, teams } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import * as world from '~test/support/world'

test('an organization is made with its default team, in one write with its event', async () => {
  const ctx = contextFor(await world.admin())
  const made = await createOrganization(ctx, { name: 'Northwind' })
  if (!made.ok) throw new Error(made.error.message)
  const [organization] = await db
    .select()
    .from(organizations)
    .where(eq(organizations.id, made.value.organizationId))
  expect(organization).toMatchObject({ name: 'Northwind', state: 'active', isDefault: false })
  const [team] = await db.select().from(teams).where(eq(teams.organizationId, made.value.organizationId))
  expect(team).toMatchObject({ id: made.value.teamId, name: 'Northwind All users', isDefault: true })
  const [event] = await db.select().from(events).where(eq(events.subjectId, made.value.organizationId))
  expect(event).toMatchObject({ type: 'organization.created', data: { name: 'Northwind' } })
  expect(ctx.announced).toEqual([event?.id])
})

test('a name that differs in case and space only is taken, also for forty at once', async () => {
  const admin = await world.admin()
  const spellings = ['Contoso Labs', 'CONTOSO  labs', ' contoso labs ']
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      createOrganization(contextFor(admin), { name: spellings[n % 3] ?? '' }),
    ),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(answers.find((answer) => !answer.ok)).toMatchObject({
    error: { code: 'name_taken', fields: { name: [expect.stringContaining('already')] } },
  })
  expect(await db.select().from(organizations).where(eq(organizations.nameKey, 'contoso labs'))).toHaveLength(
    1,
  )
  expect(
    (await db.select().from(events).where(eq(events.type, 'organization.created'))).filter((event) =>
      /contoso/i.test(String(event.data.name)),
    ),
  ).toHaveLength(1)
})

test.each(['', ' ', 'X', 'x'.repeat(81), 'two\nlines', 'nul\u0000'])(
  'the name %j is refused by the form',
  (name) => {
    expect(createOrganizationInput.safeParse({ name }).success).toBe(false)
  },
)

test('team names are unique within an organization only', async () => {
  const ctx = contextFor(await world.admin())
  const [one, two] = [await world.organization(), await world.organization()]
  expect(await createTeam(ctx, one.id, { name: 'Checkout' })).toMatchObject({ ok: true })
  expect(await createTeam(ctx, one.id, { name: ' CHECKOUT' })).toMatchObject({
    error: { code: 'name_taken', fields: { name: [expect.any(String)] } },
  })
  expect(await createTeam(ctx, two.id, { name: 'Checkout' })).toMatchObject({ ok: true })
  expect(await createTeam(ctx, 'org_unknown', { name: 'Checkout' })).toMatchObject({
    error: { code: 'not_found' },
  })
})

test('the list shows how many developers and teams each has, newest first, and pages', async () => {
  const ctx = contextFor(await world.admin())
  const mark = crypto.randomUUID().slice(0, 8)
  const newest = { sort: 'created', descending: true, state: null } as const
  const made: string[] = []
  for (let n = 0; n < 3; n += 1) {
    const organization = await world.organization({
      name: `Listed ${mark} ${n}`,
      nameKey: `listed ${mark} ${n}`,
      createdAt: 2_000_000 + n,
    })
    made.unshift(organization.id)
    if (n === 2) {
      await world.developer({ organizationId: organization.id })
      await world.superAdmin({ organizationId: organization.id })
      await world.team(organization.id)
    }
  }
  const first = await listOrganizations(ctx, {
    ...newest,
    search: `LISTED ${mark}`,
    page: { cursor: null, direction: 'next', size: 2 },
  })
  expect(first.rows.map((row) => row.id)).toEqual(made.slice(0, 2))
  expect(first.rows[0]).toMatchObject({ members: 2, teams: 2 })
  expect(first.rows[1]).toMatchObject({ members: 0, teams: 1 })
  const second = await listOrganizations(ctx, {
    ...newest,
    search: mark,
    page: { cursor: first.next, direction: 'next', size: 2 },
  })
  expect(second.rows.map((row) => row.id)).toEqual(made.slice(2))
})

test("an organization's page knows its teams and members; an unknown one does not exist", async () => {
  const ctx = contextFor(await world.admin())
  const organization = await world.organization()
  const member = await world.superAdmin({ organizationId: organization.id })
  const page = await getOrganization(ctx, organization.id)
  expect(page).toMatchObject({ name: organization.name, members: 1, teams: 1, apps: 0, isDefault: false })
  expect(page.teamList).toEqual([
    { id: organization.allUsersId, name: `${organization.name} All users`, isDefault: true, members: 1 },
  ])
  expect(page.memberList).toMatchObject([{ id: member.userId, name: member.name, orgRole: 'super_admin' }])
  await expect(getOrganization(ctx, 'org_unknown')).rejects.toThrow(NotFoundError)
})
