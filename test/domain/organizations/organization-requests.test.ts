import { and, eq, inArray } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { OrganizationId } from '~/domain/kernel/ids'
import { nameKey } from '~/domain/kernel/text'
import { approveOrganization } from '~/domain/organizations/approve-organization.server'
import { rejectOrganization } from '~/domain/organizations/reject-organization.server'
import { requestOrganization } from '~/domain/organizations/request-organization.server'
import {
  accessRequests,
  apps,
  cartItems,
  events,
  organizations,
  sessions,
  teamMembers,
  teams,
  users,
} from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { signedIn } from '~test/support/portal'
import { requested } from '~test/support/requests'
import * as world from '~test/support/world'

const fresh = () => `Acme ${crypto.randomUUID().slice(0, 8)}`

beforeEach(() =>
  world.setSettings({ organizationRegistrationEnabled: true, autoApproveOrganizations: false }),
)

async function pending(requester?: DeveloperActor, name = fresh()) {
  const developer = requester ?? (await world.developer())
  const asked = await requestOrganization(contextFor(developer), { name })
  if (!asked.ok) throw new Error(asked.error.message)
  return { developer, name, organizationId: asked.value.organizationId }
}

async function organizationRow(id: OrganizationId) {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, id))
  return row
}

async function eventsAbout(id: string) {
  const rows = await db.select().from(events).where(eq(events.subjectId, id))
  return rows.map((row) => row.type)
}

/** Where a developer is: organization, role and the names of the teams. */
async function placeOf(userId: DeveloperActor['userId']) {
  const [row] = await db.select().from(users).where(eq(users.id, userId))
  const memberships = await db
    .select({ name: teams.name, organizationId: teamMembers.organizationId })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(eq(teamMembers.userId, userId))
  return { organizationId: row?.organizationId, orgRole: row?.orgRole, memberships }
}

test('with approval, a request waits: nobody moves, no team is made, and admins can read who asks', async () => {
  const developer = await world.developer()
  const ctx = contextFor(developer)
  const name = fresh()
  const asked = await requestOrganization(ctx, { name })
  expect(asked).toMatchObject({ ok: true, value: { state: 'pending' } })
  const organizationId = asked.ok ? asked.value.organizationId : 'org_none'
  expect(await organizationRow(organizationId)).toMatchObject({
    name,
    state: 'pending',
    requestedById: developer.userId,
    decidedAt: null,
  })
  expect(await db.select().from(teams).where(eq(teams.organizationId, organizationId))).toEqual([])
  expect(await placeOf(developer.userId)).toMatchObject({ organizationId: 'org_default' })
  expect(await eventsAbout(organizationId)).toEqual(['organization.requested'])
  expect(ctx.announced).toHaveLength(1)
})

test('approved by the setting, the developer moves at once, is Super admin, and only in the default team', async () => {
  await world.setSettings({ autoApproveOrganizations: true })
  const developer = await world.developer()
  const name = fresh()
  const asked = await requestOrganization(contextFor(developer), { name })
  if (!asked.ok) throw new Error(asked.error.message)
  const { organizationId } = asked.value
  expect(asked.value.state).toBe('active')
  expect(await placeOf(developer.userId)).toEqual({
    organizationId,
    orgRole: 'super_admin',
    memberships: [{ name: `${name} All users`, organizationId }],
  })
  expect(await eventsAbout(organizationId)).toEqual(['organization.created'])
})

test('with the setting off, nothing is made', async () => {
  await world.setSettings({ organizationRegistrationEnabled: false, autoApproveOrganizations: true })
  const developer = await world.developer()
  const name = fresh()
  expect(await requestOrganization(contextFor(developer), { name })).toMatchObject({
    error: {
      code: 'organization_registration_disabled',
      message: 'Organization creation is currently not allowed.',
    },
  })
  expect(
    await db
      .select()
      .from(organizations)
      .where(eq(organizations.nameKey, nameKey(name))),
  ).toEqual([])
})

test('who is in an organization already, or not active any more, cannot ask for one', async () => {
  const member = await world.superAdmin()
  expect(await requestOrganization(contextFor(member), { name: fresh() })).toMatchObject({
    error: { code: 'not_allowed' },
  })
  const gone = await world.developer()
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, gone.userId))
  expect(await requestOrganization(contextFor(gone), { name: fresh() })).toMatchObject({ ok: false })
})

test('a developer has one open request, however often the form is sent; after a rejection they may ask again', async () => {
  const developer = await world.developer()
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => requestOrganization(contextFor(developer), { name: fresh() })),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(answers.find((answer) => !answer.ok)).toMatchObject({
    error: {
      message: "Your organization request is pending. You'll be able to invite users once it is accepted.",
    },
  })
  const rows = await db.select().from(organizations).where(eq(organizations.requestedById, developer.userId))
  expect(rows).toHaveLength(1)
  const admin = await world.admin()
  await rejectOrganization(contextFor(admin), rows[0]?.id ?? 'org_none', { reason: '' })
  expect(await requestOrganization(contextFor(developer), { name: fresh() })).toMatchObject({ ok: true })
})

test('forty clicks of a developer whom the setting approves make one organization', async () => {
  await world.setSettings({ autoApproveOrganizations: true })
  const developer = await world.developer()
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => requestOrganization(contextFor(developer), { name: fresh() })),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(
    await db.select().from(organizations).where(eq(organizations.requestedById, developer.userId)),
  ).toHaveLength(1)
  expect((await placeOf(developer.userId)).memberships).toHaveLength(1)
})

test('in fifty rounds of people who ask for one name at once, one gets it and one event is written', async () => {
  for (let round = 0; round < 50; round += 1) {
    await world.setSettings({ autoApproveOrganizations: round % 2 === 0 })
    const name = fresh()
    const people = await Promise.all([world.developer(), world.developer(), world.developer()])
    const spellings = [name, name.toUpperCase(), ` ${name.replace(' ', '  ')} `]
    const answers = await Promise.all(
      people.map((person, at) => requestOrganization(contextFor(person), { name: spellings[at] ?? name })),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok && answer.error.fields?.['name'])).toHaveLength(2)
    const rows = await db
      .select()
      .from(organizations)
      .where(eq(organizations.nameKey, nameKey(name)))
    expect(rows).toHaveLength(1)
    expect(await eventsAbout(rows[0]?.id ?? '')).toHaveLength(1)
    const moved = await db
      .select()
      .from(users)
      .where(
        and(
          inArray(
            users.id,
            people.map((person) => person.userId),
          ),
          eq(users.orgRole, 'super_admin'),
        ),
      )
    expect(moved).toHaveLength(round % 2 === 0 ? 1 : 0)
  }
}, 60_000)

test('after approval the requester is in the organization alone, Super admin, in its default team only, and nowhere else', async () => {
  const { developer, organizationId } = await pending()
  const extra = await world.team('org_default')
  await db.insert(teamMembers).values({
    teamId: extra.id,
    userId: developer.userId,
    organizationId: 'org_default',
    createdAt: Date.now(),
  })
  const corrected = fresh()
  const admin = await world.admin()
  expect(await approveOrganization(contextFor(admin), organizationId, { name: corrected })).toMatchObject({
    ok: true,
    value: { name: corrected },
  })
  expect(await organizationRow(organizationId)).toMatchObject({
    name: corrected,
    nameKey: nameKey(corrected),
    state: 'active',
    decidedById: admin.userId,
  })
  expect(await placeOf(developer.userId)).toEqual({
    organizationId,
    orgRole: 'super_admin',
    memberships: [{ name: `${corrected} All users`, organizationId }],
  })
  expect(await db.select().from(users).where(eq(users.organizationId, organizationId))).toHaveLength(1)
  expect(await eventsAbout(organizationId)).toEqual(['organization.requested', 'organization.approved'])
})

test('apps, access, keys, cart and sessions come along; the apps stay personal', async () => {
  const developer = await world.developer()
  const stranger = await world.developer()
  const key = await credential({ owner: developer })
  const foreign = await credential({ owner: stranger })
  await requested(developer)
  const { product, catalog } = (await requested(developer)).of
  await db
    .insert(cartItems)
    .values({ userId: developer.userId, catalogId: catalog.id, productId: product.id, addedAt: 1 })
  const browser = await signedIn(developer)
  const { organizationId } = await pending(developer)
  await approveOrganization(contextFor(await world.admin()), organizationId, { name: fresh() })

  const own = await db.select().from(apps).where(eq(apps.ownerId, developer.userId))
  expect(own).toHaveLength(3)
  expect(own.every((app) => app.organizationId === organizationId && app.visibility === 'personal')).toBe(
    true,
  )
  const requests = await db
    .select()
    .from(accessRequests)
    .where(
      inArray(
        accessRequests.appId,
        own.map((app) => app.id),
      ),
    )
  expect(requests).toHaveLength(3)
  expect(new Set(requests.map((request) => request.organizationId))).toEqual(new Set([organizationId]))
  expect(await db.select().from(cartItems).where(eq(cartItems.userId, developer.userId))).toHaveLength(1)
  expect(await db.select().from(sessions).where(eq(sessions.userId, developer.userId))).toHaveLength(1)
  expect((await browser.get(`/dashboard/apps/${key.appId}`)).status).toBe(200)

  const [other] = await db.select().from(apps).where(eq(apps.id, foreign.appId))
  expect(other?.organizationId).toBe('org_default')
})

test('a corrected name that is taken is refused at its field, and nothing is decided', async () => {
  const { organizationId, developer } = await pending()
  const taken = await world.organization()
  expect(
    await approveOrganization(contextFor(await world.admin()), organizationId, {
      name: taken.name.toUpperCase(),
    }),
  ).toMatchObject({ error: { code: 'name_taken', fields: { name: [expect.any(String)] } } })
  expect(await organizationRow(organizationId)).toMatchObject({ state: 'pending' })
  expect(await placeOf(developer.userId)).toMatchObject({ organizationId: 'org_default' })
})

test('a rejection keeps the reason, frees the name and moves nobody', async () => {
  const { organizationId, developer, name } = await pending()
  const admin = await world.admin()
  expect(await rejectOrganization(contextFor(admin), organizationId, { reason: 'Write to sales' })).toEqual({
    ok: true,
    value: { organizationId, name },
  })
  expect(await organizationRow(organizationId)).toMatchObject({
    state: 'rejected',
    rejectionReason: 'Write to sales',
  })
  expect(await placeOf(developer.userId)).toMatchObject({ organizationId: 'org_default' })
  await pending(await world.developer(), name)
})

test('whoever was moved or deactivated meanwhile gets no organization; the request can still be rejected', async () => {
  const admin = contextFor(await world.admin())
  const away = await pending()
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, away.developer.userId))
  expect(await approveOrganization(admin, away.organizationId, { name: away.name })).toMatchObject({
    error: { code: 'conflict' },
  })
  expect(await organizationRow(away.organizationId)).toMatchObject({ state: 'pending' })
  expect(await rejectOrganization(admin, away.organizationId, { reason: '' })).toMatchObject({ ok: true })
})

test('in fifty rounds of admins who approve and reject at once, one wins, one event is written, the other is told', async () => {
  const [one, two] = [await world.admin({ firstName: 'Ann' }), await world.admin({ firstName: 'Ben' })]
  for (let round = 0; round < 50; round += 1) {
    const { organizationId, developer, name } = await pending()
    const approve = () => approveOrganization(contextFor(one), organizationId, { name })
    const reject = () => rejectOrganization(contextFor(two), organizationId, { reason: 'No' })
    const results = await Promise.all(
      round % 2 ? [approve(), reject(), approve()] : [reject(), approve(), reject()],
    )
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    const lost = results.find((result) => !result.ok)
    expect(lost).toMatchObject({
      error: {
        code: 'already_decided',
        message: expect.stringMatching(/already (approved|rejected) by (Ann|Ben)/),
      },
    })
    const row = await organizationRow(organizationId)
    const decided = (await eventsAbout(organizationId)).filter((type) => type !== 'organization.requested')
    expect(decided).toEqual([row?.state === 'active' ? 'organization.approved' : 'organization.rejected'])
    expect((await placeOf(developer.userId)).organizationId).toBe(
      row?.state === 'active' ? organizationId : 'org_default',
    )
  }
}, 60_000)

test('an organization that nobody asked for, or that does not exist, is not decided about', async () => {
  const ctx = contextFor(await world.admin())
  const { id } = await world.organization()
  expect(await approveOrganization(ctx, id, { name: fresh() })).toMatchObject({
    error: { code: 'already_decided' },
  })
  expect(await rejectOrganization(ctx, 'org_unknown', { reason: '' })).toMatchObject({
    error: { code: 'not_found' },
  })
})
