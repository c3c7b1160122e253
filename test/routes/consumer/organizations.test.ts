import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { nameKey } from '~/domain/kernel/text'
import { paths } from '~/platform/paths'
import {
  accessRequests,
  apps,
  credentials,
  events,
  heldInvitations,
  invitations,
  organizations,
  teamMembers,
  teams,
  users,
} from '~db/schema'
import { db } from '~test/support/context'
import { changeApp, credential } from '~test/support/credentials'
import { eventOf } from '~test/support/notifications'
import { type Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

const fresh = () => `Umbrella ${crypto.randomUUID().slice(0, 8)}`
const pendingText =
  "Your organization request is pending. You'll be able to invite users once it is accepted."
/** React writes an apostrophe as an entity. */
const asHtml = (text: string) => text.replaceAll("'", '&#x27;')

beforeEach(() =>
  world.setSettings({ organizationRegistrationEnabled: true, autoApproveOrganizations: false }),
)

async function cast() {
  const { id, name } = await world.organization()
  return {
    organizationId: id,
    organizationName: name,
    boss: await world.superAdmin({ organizationId: id }),
    member: await world.developer({ organizationId: id }),
  }
}

/** Every row that another organization could be changed by. */
async function snapshot() {
  return {
    organizations: await db.select().from(organizations).orderBy(organizations.id),
    teams: await db.select().from(teams).orderBy(teams.id),
    teamMembers: await db.select().from(teamMembers).orderBy(teamMembers.teamId, teamMembers.userId),
    users: await db.select().from(users).orderBy(users.id),
    apps: await db.select().from(apps).orderBy(apps.id),
    credentials: await db.select().from(credentials).orderBy(credentials.id),
    requests: await db.select().from(accessRequests).orderBy(accessRequests.id),
    invitations: await db.select().from(invitations).orderBy(invitations.id),
    held: await db.select().from(heldInvitations).orderBy(heldInvitations.id),
    events: await db.select().from(events).orderBy(events.id),
  }
}

async function offersOrganization(portal: Portal) {
  return (await portal.get(paths.dashboard.apps)).html.includes('href="/organizations/new"')
}

test('with approval, a request is told to be pending on every page that matters, and can be made once', async () => {
  const developer = await world.developer()
  const portal = await signedIn(developer)
  expect(await offersOrganization(portal)).toBe(true)
  const name = fresh()
  const answer = await portal.post(paths.newOrganization, { name })
  expect(answer.status).toBe(303)
  expect(portal.notice()).toBe(pendingText)
  for (const path of [paths.newOrganization, paths.dashboard.organization, paths.dashboard.users])
    expect((await portal.get(path)).html).toContain(asHtml(pendingText))
  expect(await offersOrganization(portal)).toBe(false)
  const again = await portal.post(paths.newOrganization, { name: fresh() })
  expect(again.status).toBe(409)
  expect(await again.text()).toContain(asHtml(pendingText))
})

test('approved at once, one lands on the users of the new organization and may invite', async () => {
  await world.setSettings({ autoApproveOrganizations: true })
  const portal = await signedIn(await world.developer())
  const name = fresh()
  const answer = await portal.post(paths.newOrganization, { name })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, paths.dashboard.users])
  expect(portal.notice()).toBe("You've created an organization. Invite your first user.")
  const { html } = await portal.get(paths.dashboard.users)
  expect(html).toContain(`The people of ${name}.`)
  expect(html).toContain('Invite user')
  expect(await offersOrganization(portal)).toBe(false)
})

test('switched off, there is no button, the page says so, and a form that is posted is refused with the same words', async () => {
  await world.setSettings({ organizationRegistrationEnabled: false })
  const portal = await signedIn(await world.developer())
  expect(await offersOrganization(portal)).toBe(false)
  const text = 'Organization creation is currently not allowed.'
  expect((await portal.get(paths.newOrganization)).html).toContain(text)
  const answer = await portal.post(paths.newOrganization, { name: fresh() })
  expect(answer.status).toBe(403)
  expect(await answer.text()).toContain(text)
})

test('a name that is taken is marked at its field, and what was typed stays', async () => {
  const other = await world.organization()
  const portal = await signedIn(await world.developer())
  const typed = ` ${other.name.toUpperCase()}`
  const answer = await portal.post(paths.newOrganization, { name: typed })
  const html = await answer.text()
  expect(answer.status).toBe(409)
  expect(html).toContain(`There is an organization named “${typed.trim()}” already.`)
  expect(html).toMatch(/aria-invalid="true"/)
  expect(html).toContain(typed.trim())
  expect(
    await db
      .select()
      .from(organizations)
      .where(eq(organizations.nameKey, nameKey(typed))),
  ).toHaveLength(1)
})

test('a team member reads the list of users and the organization, and changes nothing there', async () => {
  const { member, boss, organizationName } = await cast()
  const portal = await signedIn(member)
  const list = await portal.get(paths.dashboard.users)
  expect(list.html).toContain(boss.email)
  expect(list.html).not.toContain('Invite user')
  expect(list.html).not.toContain('/remove')
  const organization = await portal.get(paths.dashboard.organization)
  expect(organization.html).toContain(organizationName)
  expect(organization.html).not.toContain('Create team')
  expect(organization.html).not.toContain(paths.dashboard.activity)
})

test('where a role is chosen, the page shows what each role may do', async () => {
  const { boss, member } = await cast()
  const portal = await signedIn(boss)
  for (const path of [paths.dashboard.inviteUser, paths.dashboard.editUser(member.userId)]) {
    const { html } = await portal.get(path)
    expect(html).toContain('What each role may do')
    expect(html).toContain('Invite, edit and remove people')
    expect(html).toMatch(/disabled=""[^>]*checked=""|checked=""[^>]*disabled=""/)
  }
})

test('an invitation gets the same answer whether the address has an account elsewhere or not', async () => {
  const { boss } = await cast()
  const owner = await world.superAdmin()
  const portal = await signedIn(boss)
  const invite = async (email: string) => {
    const answer = await portal.post(paths.dashboard.inviteUser, {
      email,
      firstName: 'Gail',
      lastName: 'Guest',
      orgRole: 'team_member',
    })
    const notice = portal.notice()
    const { html } = await portal.get(paths.dashboard.users)
    return [answer.status, answer.headers.get('location'), await answer.text(), notice, html.includes(email)]
  }
  const free = await invite(`gail-${crypto.randomUUID()}@people.example`)
  expect(await invite(owner.email)).toEqual(free)
  expect(free).toEqual([303, paths.dashboard.users, '', 'Invitation sent', true])
})

test('a form of an invitation that fails keeps names, role and teams', async () => {
  const { boss, organizationId } = await cast()
  const team = await world.team(organizationId)
  const portal = await signedIn(boss)
  const answer = await portal.post(paths.dashboard.inviteUser, {
    email: 'not an address',
    firstName: 'Gail',
    lastName: 'Guest',
    orgRole: 'super_admin',
    teamIds: team.id,
  })
  const html = await answer.text()
  expect(answer.status).toBe(422)
  for (const kept of ['value="not an address"', 'value="Gail"', 'value="Guest"']) expect(html).toContain(kept)
  expect(html).toMatch(/<input[^>]*(value="super_admin"[^>]*checked|checked[^>]*value="super_admin")/)
  expect(html).toMatch(
    new RegExp(`<input[^>]*(value="${team.id}"[^>]*checked|checked[^>]*value="${team.id}")`),
  )
})

test('a role that changes acts on the next request of a session that is open', async () => {
  const { boss, member, organizationId } = await cast()
  const [first, second] = [await signedIn(boss), await signedIn(member)]
  expect((await first.request(paths.dashboard.inviteUser)).status).toBe(200)
  expect((await second.request(paths.dashboard.inviteUser)).status).toBe(404)
  await first.post(paths.dashboard.handOverOrganization, { userId: member.userId })
  expect((await first.request(paths.dashboard.inviteUser)).status).toBe(404)
  expect((await second.request(paths.dashboard.inviteUser)).status).toBe(200)
  const name = 'A team made by whoever was super admin a moment ago'
  expect((await first.post(paths.dashboard.newTeam, { name })).status).toBe(404)
  expect(await db.select().from(teams).where(eq(teams.organizationId, organizationId))).toHaveLength(1)
})

test('a team that changes acts on the next request of a session that is open', async () => {
  const { boss, member, organizationId } = await cast()
  const team = await world.team(organizationId)
  const key = await credential({ owner: boss })
  await changeApp(key.appId, { visibility: 'team', teamId: team.id })
  const [manager, portal] = [await signedIn(boss), await signedIn(member)]
  const app = () => portal.request(paths.dashboard.app(key.appId))
  const reveal = () => portal.post(paths.dashboard.revealCredential(key.appId, key.credentialId))
  expect((await app()).status).toBe(404)
  await manager.post(paths.dashboard.setTeamMembers(team.id), { add: member.userId })
  expect((await app()).status).toBe(200)
  await manager.post(paths.dashboard.setTeamMembers(team.id), { remove: member.userId })
  expect([(await app()).status, (await reveal()).status]).toEqual([404, 404])
})

test('ids of another organization in paths, bodies and hidden fields are 404 or refused, and nothing changes', async () => {
  const victim = await cast()
  const team = await world.team(victim.organizationId)
  const key = await credential({ owner: victim.boss })
  const invited = await world.developer({
    organizationId: victim.organizationId,
    row: { state: 'invited', passwordHash: null },
  })
  const attacker = await cast()
  const ownTeam = await world.team(attacker.organizationId)
  const ownApp = await world.app(attacker.boss)
  const portal = await signedIn(attacker.boss)
  const hidden = { organizationId: victim.organizationId, organization: victim.organizationId }
  const person = { firstName: 'Eve', lastName: 'Other', orgRole: 'team_member' }
  const foreignPaths: [string, Record<string, string>][] = [
    [paths.dashboard.editUser(victim.member.userId), { ...person, ...hidden }],
    [paths.dashboard.removeUser(victim.member.userId), { rotate: 'on', overlap: 'now', ...hidden }],
    [paths.dashboard.resendInvitation(invited.userId), hidden],
    [paths.dashboard.withdrawInvitation(invited.userId), hidden],
    [paths.dashboard.renameTeam(team.id), { name: 'Mine now', ...hidden }],
    [paths.dashboard.deleteTeam(team.id), hidden],
    [paths.dashboard.setTeamMembers(team.id), { add: attacker.member.userId, ...hidden }],
    [paths.dashboard.setTeamMembers(team.id), { remove: victim.member.userId, ...hidden }],
    [paths.dashboard.appSettings(key.appId), { name: 'Mine now', visibility: 'organization', ...hidden }],
    [paths.dashboard.rotateCredential(key.appId, key.credentialId), { overlap: 'now', ...hidden }],
    [paths.dashboard.rotateCredential(ownApp.id, key.credentialId), { overlap: 'now', ...hidden }],
  ]
  const before = await snapshot()
  for (const [path, fields] of foreignPaths) {
    expect([path, (await portal.post(path, fields)).status]).toEqual([path, 404])
    expect([path, (await portal.request(path)).status]).toEqual([
      path,
      path.includes('members') || path.includes('invit') ? 303 : 404,
    ])
  }
  const foreignFields: [string, Record<string, string>][] = [
    [paths.dashboard.handOverOrganization, { userId: victim.member.userId, ...hidden }],
    [paths.dashboard.inviteUser, { ...person, email: 'eve@people.example', teamIds: team.id }],
    [paths.dashboard.editUser(attacker.member.userId), { ...person, teamIds: team.id }],
    [paths.dashboard.setTeamMembers(ownTeam.id), { add: victim.member.userId }],
    [paths.dashboard.appSettings(ownApp.id), { name: 'An app', visibility: 'team', teamId: team.id }],
  ]
  for (const [path, fields] of foreignFields) {
    const answer = await portal.post(path, fields)
    expect([path, answer.status === 422 || answer.status === 303]).toEqual([path, true])
  }
  expect(await snapshot()).toEqual(before)

  // What has no id acts on the own organization, whatever the form says.
  await portal.post(paths.dashboard.newTeam, { name: 'Mine', ...hidden })
  await portal.post(paths.dashboard.renameOrganization, { name: fresh(), ...hidden })
  const after = await snapshot()
  const ofVictim = (rows: typeof before) => ({
    teams: rows.teams.filter((row) => row.organizationId === victim.organizationId),
    organization: rows.organizations.find((row) => row.id === victim.organizationId),
  })
  expect(ofVictim(after)).toEqual(ofVictim(before))
})

test('removing a member shows what they could see, rotates it, and the old key stops', async () => {
  const { boss, member } = await cast()
  const key = await credential({ owner: member })
  const portal = await signedIn(boss)
  const { html } = await portal.get(paths.dashboard.removeUser(member.userId))
  const [app] = await db.select().from(apps).where(eq(apps.id, key.appId))
  expect(html).toContain(app?.name ?? '?')
  expect(html).toContain('After 24 hours')
  expect((await portal.request(key.base, { headers: { authorization: `Bearer ${key.key}` } })).status).toBe(
    200,
  )
  const answer = await portal.post(paths.dashboard.removeUser(member.userId), {
    rotate: 'on',
    overlap: 'now',
  })
  expect(answer.status).toBe(303)
  expect(portal.notice()).toBe(`${member.name} is removed, and one key is rotated`)
  const call = await portal.request(key.base, { headers: { authorization: `Bearer ${key.key}` } })
  expect(call.status).toBe(403)
  expect(await call.json()).toMatchObject({ code: 'credential_revoked' })
  expect((await portal.get(paths.dashboard.users)).html).not.toContain(member.email)
  expect((await portal.get(paths.dashboard.app(key.appId))).status).toBe(200)
})

test('without the tick a member is removed and no key changes', async () => {
  const { boss, member } = await cast()
  const key = await credential({ owner: member })
  const portal = await signedIn(boss)
  await portal.post(paths.dashboard.removeUser(member.userId), { overlap: 'now' })
  const [row] = await db.select().from(credentials).where(eq(credentials.id, key.credentialId))
  expect(row).toMatchObject({ state: 'active' })
})

test('the activity is a page and a download for super admins; no cell of it is a formula, no secret is in it', async () => {
  const { boss, member } = await cast()
  await eventOf(
    {
      type: 'team.created',
      subjectType: 'team',
      subjectId: 'team_x',
      organizationId: boss.organizationId,
      data: { name: 'Checkout' },
    },
    { ...boss, name: '=HYPERLINK("https://evil.example")' },
  )
  const portal = await signedIn(boss)
  expect((await portal.get(paths.dashboard.activity)).html).toContain('created the team “Checkout”')
  const csv = await portal.request(paths.dashboard.activityExport)
  expect(csv.headers.get('content-type')).toContain('text/csv')
  expect(csv.headers.get('content-disposition')).toContain('activity.csv')
  const text = await csv.text()
  expect(text).toContain('"\'=HYPERLINK(""https://evil.example"")"')
  expect(text).toContain('203.0.113.7')
  expect(text).not.toContain('prt_live_')
  const other = await signedIn(member)
  for (const path of [paths.dashboard.activity, paths.dashboard.activityExport])
    expect((await other.request(path)).status).toBe(404)
})

test('in the default organization the settings of an app offer nothing to share with', async () => {
  const owner = await world.developer()
  const app = await world.app(owner)
  const portal = await signedIn(owner)
  const { html } = await portal.get(paths.dashboard.appSettings(app.id))
  expect(html).toContain('This app is personal.')
  expect(html).not.toContain('name="visibility"')
  const answer = await portal.post(paths.dashboard.appSettings(app.id), {
    name: 'Renamed',
    visibility: 'organization',
  })
  expect(answer.status).toBe(303)
  const [row] = await db.select().from(apps).where(eq(apps.id, app.id))
  expect(row).toMatchObject({ name: 'Renamed', visibility: 'personal' })
})

test('pages of the default organization show nobody else, and its super admins manage nothing', async () => {
  const [one, other] = [await world.superAdmin({ organizationId: 'org_default' }), await world.developer()]
  const portal = await signedIn(one)
  expect((await portal.get(paths.dashboard.users)).html).not.toContain(other.email)
  expect((await portal.get(paths.dashboard.organization)).html).not.toContain('Rename')
  for (const path of [
    paths.dashboard.inviteUser,
    paths.dashboard.editUser(other.userId),
    paths.dashboard.removeUser(other.userId),
    paths.dashboard.newTeam,
    paths.dashboard.renameOrganization,
    paths.dashboard.activity,
  ])
    expect((await portal.request(path)).status).toBe(404)
  const before = await snapshot()
  await portal.post(paths.dashboard.removeUser(other.userId), { overlap: 'now' })
  await portal.post(paths.dashboard.renameOrganization, { name: fresh() })
  expect(await snapshot()).toEqual(before)
})
