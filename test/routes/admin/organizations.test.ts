import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { requestOrganization } from '~/domain/organizations/request-organization.server'
import { paths } from '~/platform/paths'
import { organizations, teamMembers, teams, users } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { type Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

const mark = () => crypto.randomUUID().slice(0, 8)
const asAdmin = async () => signedIn(await world.admin())

async function trips(portal: Portal, path: string) {
  const { html, status, response } = await portal.get(path)
  expect(status, path).toBe(200)
  expect(response.headers.get('server-timing'), path).toBe('d1;desc="2 trips"')
  return html
}

async function asked() {
  const requester = await world.developer()
  const name = `Asked ${mark()}`
  const answer = await requestOrganization(contextFor(requester), { name })
  if (!answer.ok) throw new Error(answer.error.message)
  return { name, id: answer.value.organizationId }
}

test('the list counts, filters, sorts and exports, in two trips', async () => {
  const portal = await asAdmin()
  const word = mark()
  const one = await world.organization({ name: `Alpha ${word}`, nameKey: `alpha ${word}` })
  const two = await world.organization({
    name: `Beta ${word}`,
    nameKey: `beta ${word}`,
    state: 'suspended',
  })
  await world.superAdmin({ organizationId: one.id })
  const html = await trips(portal, `${paths.admin.organizations}?q=${word}&sort=name`)
  expect(html.indexOf(one.name)).toBeLessThan(html.indexOf(two.name))
  expect(html).toContain(`sort=-name`)
  const suspended = await trips(portal, `${paths.admin.organizations}?q=${word}&state=suspended`)
  expect(suspended).not.toContain(one.name)
  expect(suspended).toContain(two.name)
  const csv = await (await portal.request(`${paths.admin.exportOrganizations}?q=${word}&sort=name`)).text()
  expect(csv.split('\r\n').slice(0, 2)).toEqual([
    'Name,Status,Members,Teams,Apps,Created,Id',
    expect.stringContaining(`${one.name},Active,1,1,0,`),
  ])
  expect(await trips(portal, `${paths.admin.organizations}?q=nothing-${word}`)).toContain(
    'No organization matches',
  )
})

test('what was asked for can be approved and rejected from the overview, the list and its own page', async () => {
  const portal = await asAdmin()
  const [first, second, third] = [await asked(), await asked(), await asked()]
  for (const path of [paths.admin.home, paths.admin.organizations]) {
    const html = await trips(portal, path)
    expect(html).toContain('Organizations waiting for approval')
    for (const { id } of [first, second]) {
      expect(html).toContain(`action="${paths.admin.approveOrganization(id)}"`)
      expect(html).toContain(`href="${paths.admin.rejectOrganization(id)}"`)
    }
  }
  await portal.post(paths.admin.approveOrganization(first.id), { name: first.name })
  expect(portal.notice()).toBe(`${first.name} is approved`)
  const form = await trips(portal, paths.admin.approveOrganization(second.id))
  expect(form).toContain(`value="${second.name}"`)
  const taken = await portal.post(paths.admin.approveOrganization(second.id), { name: first.name })
  expect(taken.status).toBe(409)
  expect(await taken.text()).toContain('Choose another name')
  await portal.post(paths.admin.approveOrganization(second.id), { name: `${second.name} Ltd` })
  await portal.post(paths.admin.rejectOrganization(third.id), { reason: 'No such company' })
  const states = await db.select().from(organizations)
  const of = (id: string) => states.find((row) => row.id === id)
  expect(of(first.id)?.state).toBe('active')
  expect(of(second.id)).toMatchObject({ state: 'active', name: `${second.name} Ltd` })
  expect(of(third.id)).toMatchObject({ state: 'rejected', rejectionReason: 'No such company' })
  // Who comes too late is told so on the organization's page.
  const late = await portal.post(paths.admin.rejectOrganization(first.id), { reason: '' })
  expect(late.headers.get('location')).toBe(paths.admin.organization(first.id))
  expect(portal.notice()).toContain('already approved')
})

test('an organization is renamed, suspended, restored and deleted by forms that ask first', async () => {
  const portal = await asAdmin()
  const boss = await world.superAdmin()
  const id = boss.organizationId
  const { admin } = paths
  expect(await trips(portal, admin.organization(id))).toContain(boss.email)
  for (const path of [
    admin.renameOrganization(id),
    admin.suspendOrganization(id),
    admin.deleteOrganization(id),
  ])
    await trips(portal, path)
  const name = `Northwind ${mark()}`
  await portal.post(admin.renameOrganization(id), { name })
  await portal.post(admin.suspendOrganization(id), { reason: 'Unpaid' })
  const html = await trips(portal, admin.organization(id))
  expect(html).toContain(`renamed the organization`)
  expect(html).toContain('The gateway refuses all of its credentials')
  expect(await trips(portal, admin.restoreOrganization(id))).toContain('Restore organization')
  await portal.post(admin.restoreOrganization(id))
  expect(portal.notice()).toBe(`${name} is active again`)
  const wrong = await portal.post(admin.deleteOrganization(id), { confirmation: 'Southwind' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('the name of the organization')
  const done = await portal.post(admin.deleteOrganization(id), { confirmation: name })
  expect(done.headers.get('location')).toBe(admin.organizations)
  expect((await portal.request(admin.organization(id))).status).toBe(404)
  const [person] = await db.select().from(users).where(eq(users.id, boss.userId))
  expect(person?.organizationId).toBe('org_default')
})

test('teams of any organization are made, renamed, filled, emptied and deleted', async () => {
  const portal = await asAdmin()
  const { id } = await world.organization()
  const member = await world.developer({ organizationId: id })
  const stranger = await world.developer()
  const { admin } = paths
  const word = mark()
  await trips(portal, admin.newTeam(id))
  const made = await portal.post(admin.newTeam(), { organizationId: id, name: `Crew ${word}` })
  const path = made.headers.get('location') ?? ''
  const teamId = path.split('/').at(-1) ?? ''
  expect(await trips(portal, path)).toContain('Nobody is in this team yet')
  expect(await trips(portal, admin.addTeamMembers(teamId))).toContain(member.email)
  const foreign = await portal.post(admin.addTeamMembers(teamId), { add: stranger.userId })
  expect(foreign.status).toBe(422)
  expect(await foreign.text()).toContain('not in this organization')
  await portal.post(admin.addTeamMembers(teamId), { add: member.userId })
  expect(await trips(portal, path)).toContain(member.email)
  expect(await trips(portal, `${path}?q=${member.email.slice(0, 12)}`)).toContain(member.email)
  await portal.post(admin.removeTeamMember(teamId), { userId: member.userId })
  expect(
    await db
      .select()
      .from(teamMembers)
      .where(eq(teamMembers.teamId, teamId as 'team_')),
  ).toEqual([])
  await portal.post(admin.renameTeam(teamId), { name: `Band ${word}` })
  const list = await trips(portal, `${admin.teams}?q=${word}`)
  expect(list).toContain(`Band ${word}`)
  expect(await trips(portal, admin.teamsOf(id))).toContain(`Band ${word}`)
  await trips(portal, admin.deleteTeam(teamId))
  await portal.post(admin.deleteTeam(teamId))
  expect(
    await db
      .select()
      .from(teams)
      .where(eq(teams.id, teamId as 'team_')),
  ).toEqual([])
  expect((await portal.request(path)).status).toBe(404)
})

test('a developer is moved by a form that offers the fates that there are', async () => {
  const portal = await asAdmin()
  const boss = await world.superAdmin()
  const person = await world.developer({ organizationId: boss.organizationId })
  await world.app(person)
  const target = await world.organization()
  const page = (organizationId: string) =>
    `${paths.admin.moveUser(person.userId)}?organization=${organizationId}`
  const form = await trips(portal, page(target.id))
  for (const fate of ['pass', 'personal', 'organization']) expect(form).toContain(`value="${fate}"`)
  expect(form).toContain(boss.email)
  expect(await trips(portal, page('org_default'))).not.toContain('value="organization"')
  expect(await trips(portal, paths.admin.moveUser((await world.developer()).userId))).toContain(
    'Choose another organization first',
  )
  const unsaid = await portal.post(paths.admin.moveUser(person.userId), { organizationId: target.id })
  expect(unsaid.status).toBe(422)
  await portal.post(paths.admin.moveUser(person.userId), {
    organizationId: target.id,
    orgRole: 'team_member',
    apps: 'pass',
    heirId: boss.userId,
  })
  expect(portal.notice()).toBe(`${person.name} is now in ${target.name}`)
})
