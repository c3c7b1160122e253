// What the operations of the admin API do: the commands of the admins' pages, under their rules, with their events.
import { desc, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { events, organizations, teamMembers, users } from '~db/schema'
import { apiClient } from '~test/support/api'
import { db } from '~test/support/context'
import * as world from '~test/support/world'
import { requestedOrganization } from './calls'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})

const fresh = (word: string) => `${word} ${crypto.randomUUID().slice(0, 8)}`

async function newestEvent(subjectId: string) {
  const [event] = await db
    .select()
    .from(events)
    .where(eq(events.subjectId, subjectId))
    .orderBy(desc(events.createdAt), desc(events.id))
  return event
}

test('an organization is created, read, renamed, suspended, restored and deleted, and each change tells who made it by which token', async () => {
  const name = fresh('Fabrikam')
  const created = await client.call('POST', '/organizations', { name: `  ${name} ` })
  expect(created.status).toBe(201)
  const { id } = created.body
  expect(created.headers.get('location')).toBe(`/api/v1/organizations/${id}`)
  expect(created.body).toMatchObject({ name, state: 'active', is_default: false, teams: 1, members: 0 })
  expect(created.body.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(await newestEvent(id)).toMatchObject({
    type: 'organization.created',
    actorType: 'admin',
    actorId: client.admin.userId,
    data: { name, apiTokenId: client.tokenId },
  })
  expect((await client.call('GET', `/organizations/${id}`)).body).toEqual(created.body)

  const renamed = await client.call('PATCH', `/organizations/${id}`, { name: `${name} 2` })
  expect([renamed.status, renamed.body.name]).toEqual([200, `${name} 2`])
  const suspended = await client.call('POST', `/organizations/${id}/suspend`, { reason: 'Unpaid' })
  expect([suspended.status, suspended.body.state]).toEqual([200, 'suspended'])
  const again = await client.call('POST', `/organizations/${id}/suspend`)
  expect(again.status).toBe(409)
  const restored = await client.call('POST', `/organizations/${id}/restore`)
  expect([restored.status, restored.body.state]).toEqual([200, 'active'])
  const deleted = await client.call('DELETE', `/organizations/${id}`)
  expect([deleted.status, deleted.text]).toEqual([204, ''])
  expect((await client.call('GET', `/organizations/${id}`)).status).toBe(404)
})

test('names are unique without regard to case and space, and bounded as on the page', async () => {
  const name = fresh('Contoso')
  expect((await client.call('POST', '/organizations', { name })).status).toBe(201)
  const taken = await client.call('POST', '/organizations', { name: ` ${name.toUpperCase()}  ` })
  expect([taken.status, taken.body.code, taken.body.errors?.[0]?.pointer]).toEqual([
    409,
    'name_taken',
    '/name',
  ])
  for (const bad of ['x', 'y'.repeat(81), '  ', 'a\nb']) {
    const refused = await client.call('POST', '/organizations', { name: bad })
    expect([refused.status, refused.body.errors?.[0]?.pointer], bad).toEqual([422, '/name'])
  }
})

test('a request for an organization is approved under its own or a corrected name, or rejected, once', async () => {
  const asked = await requestedOrganization()
  const { requester } = asked
  const approved = await client.call('POST', `/organizations/${asked.id}/approve`)
  expect([approved.status, approved.body.state, approved.body.teams]).toEqual([200, 'active', 1])
  const moved = await client.call('GET', `/users/${requester.userId}`)
  expect(moved.body).toMatchObject({ organization_id: asked.id, org_role: 'super_admin' })
  const late = await client.call('POST', `/organizations/${asked.id}/reject`, { reason: 'No' })
  expect([late.status, late.body.code]).toEqual([409, 'already_decided'])

  const other = await requestedOrganization()
  const rejected = await client.call('POST', `/organizations/${other.id}/reject`, { reason: 'Not this one' })
  expect([rejected.status, rejected.body.state]).toEqual([200, 'rejected'])
})

test('the default organization and the default team are never deleted', async () => {
  const organization = await client.call('DELETE', '/organizations/org_default')
  expect([organization.status, organization.body.code]).toEqual([409, 'default_protected'])
  const place = await world.organization()
  const team = await client.call('DELETE', `/teams/${place.allUsersId}`)
  expect([team.status, team.body.code]).toEqual([409, 'default_protected'])
  expect(await db.select().from(organizations).where(eq(organizations.id, 'org_default'))).toHaveLength(1)
})

test('a team is created in its organization, renamed, filled, emptied and deleted', async () => {
  const place = await world.organization()
  const member = await world.developer({ organizationId: place.id })
  const created = await client.call('POST', `/organizations/${place.id}/teams`, { name: 'Checkout' })
  expect([created.status, created.body.organization_id]).toEqual([201, place.id])
  const { id } = created.body
  const twice = await client.call('POST', `/organizations/${place.id}/teams`, { name: 'CHECKOUT' })
  expect([twice.status, twice.body.code]).toEqual([409, 'name_taken'])
  expect((await client.call('PATCH', `/teams/${id}`, { name: 'Payments' })).body.name).toBe('Payments')
  const added = await client.call('POST', `/teams/${id}/members`, { user_ids: [member.userId] })
  expect([added.status, added.body.members]).toEqual([200, 1])
  const people = await client.call('GET', `/teams/${id}/members`)
  expect(people.body.data.map((one: { id: string }) => one.id)).toEqual([member.userId])
  const removed = await client.call('DELETE', `/teams/${id}/members/${member.userId}`)
  expect(removed.status).toBe(204)
  expect((await client.call('DELETE', `/teams/${id}/members/${member.userId}`)).status).toBe(404)
  expect((await client.call('DELETE', `/teams/${id}`)).status).toBe(204)
})

test('nobody comes into a team from another organization, alone or among others', async () => {
  const place = await world.organization()
  const team = await world.team(place.id)
  const own = await world.developer({ organizationId: place.id })
  const stranger = await world.superAdmin()
  for (const foreign of [stranger.userId, 'usr_01UNKNOWN']) {
    const refused = await client.call('POST', `/teams/${team.id}/members`, {
      user_ids: [own.userId, foreign],
    })
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/user_ids'])
  }
  expect(await db.select().from(teamMembers).where(eq(teamMembers.teamId, team.id))).toEqual([])
})

test('a user is created as on the page: with a password active, without one invited; an address is one account', async () => {
  const place = await world.organization()
  const team = await world.team(place.id)
  const email = `${crypto.randomUUID()}@people.example`
  const person = {
    email,
    first_name: 'Ada',
    last_name: 'Byron',
    organization_id: place.id,
    org_role: 'team_member',
  }
  const invited = await client.call('POST', '/users', { ...person, team_ids: [team.id] })
  expect([invited.status, invited.body.state]).toEqual([201, 'invited'])
  expect(invited.body.teams.map((one: { id: string }) => one.id).sort()).toEqual(
    [place.allUsersId, team.id].sort(),
  )
  const twice = await client.call('POST', '/users', { ...person, email: email.toUpperCase() })
  expect([twice.status, twice.body.errors?.[0]?.pointer]).toEqual([409, '/email'])
  const weak = await client.call('POST', '/users', {
    ...person,
    email: `b-${email}`,
    password: 'password1234',
  })
  expect([weak.status, weak.body.errors?.[0]?.pointer]).toEqual([422, '/password'])
  const active = await client.call('POST', '/users', {
    ...person,
    email: `b-${email}`,
    password: 'kites over Oslo 7',
    must_change_password: true,
  })
  expect([active.status, active.body.state]).toEqual([201, 'active'])
  expect(active.text).not.toMatch(/scrypt|kites/)
  const [row] = await db.select().from(users).where(eq(users.id, active.body.id))
  expect(row?.mustChangePassword).toBe(true)
})

test('organizations and teams of others in a body are refused, and nothing is created', async () => {
  const place = await world.organization()
  const foreign = await world.team((await world.organization()).id)
  const person = { first_name: 'Ada', last_name: 'Byron', org_role: 'team_member' }
  const before = await db.$count(users)
  for (const [organization_id, team_ids] of [
    [place.id, [foreign.id]],
    ['org_01UNKNOWN', []],
    [place.id, ['team_01UNKNOWN']],
  ]) {
    const refused = await client.call('POST', '/users', {
      ...person,
      email: `${crypto.randomUUID()}@people.example`,
      organization_id,
      team_ids,
    })
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/organization_id'])
  }
  expect(await db.$count(users)).toBe(before)
  const member = await world.developer({ organizationId: place.id })
  const edited = await client.call('PATCH', `/users/${member.userId}`, { team_ids: [foreign.id] })
  expect([edited.status, edited.body.errors?.[0]?.pointer]).toEqual([422, '/team_ids'])
  const moved = await client.call('POST', `/users/${member.userId}/move`, {
    organization_id: 'org_01UNKNOWN',
    org_role: 'team_member',
    apps: 'personal',
  })
  expect([moved.status, moved.body.errors?.[0]?.pointer]).toEqual([422, '/organization_id'])
})

test('a user is activated, edited in part, moved, rejected and deactivated under the rules of the page', async () => {
  const waiting = await world.developer({ row: { state: 'pending' } })
  const activated = await client.call('POST', `/users/${waiting.userId}/activate`)
  expect([activated.status, activated.body.state]).toEqual([200, 'active'])
  expect((await client.call('POST', `/users/${waiting.userId}/activate`)).status).toBe(409)

  const place = await world.organization()
  const moved = await client.call('POST', `/users/${waiting.userId}/move`, {
    organization_id: place.id,
    org_role: 'super_admin',
    apps: 'organization',
  })
  expect(moved.body).toMatchObject({ organization_id: place.id, org_role: 'super_admin' })
  const colleague = await world.developer({ organizationId: place.id })
  const edited = await client.call('PATCH', `/users/${waiting.userId}`, { first_name: 'Grace' })
  expect(edited.body).toMatchObject({
    first_name: 'Grace',
    last_name: activated.body.last_name,
    org_role: 'super_admin',
    teams: moved.body.teams,
  })
  const told = await db.$count(events, eq(events.subjectId, waiting.userId))
  expect((await client.call('PATCH', `/users/${waiting.userId}`, {})).body).toEqual(edited.body)
  expect(await db.$count(events, eq(events.subjectId, waiting.userId))).toBe(told)
  for (const [path, body] of [
    ['deactivate', {}],
    ['move', { organization_id: 'org_default', org_role: 'team_member', apps: 'personal' }],
  ] as const) {
    const last = await client.call('POST', `/users/${waiting.userId}/${path}`, body)
    expect([last.status, last.body.code], path).toEqual([409, 'last_super_admin'])
  }
  const gone = await client.call('DELETE', `/users/${waiting.userId}`)
  expect([gone.status, gone.body.code]).toEqual([409, 'last_super_admin'])
  const demoted = await client.call('PATCH', `/users/${waiting.userId}`, { org_role: 'team_member' })
  expect([demoted.status, demoted.body.errors?.[0]?.pointer]).toEqual([409, '/org_role'])
  const closed = await client.call('POST', `/users/${colleague.userId}/deactivate`, { reason: 'Left' })
  expect(closed.body).toMatchObject({ state: 'deactivated', state_reason: 'Left' })

  const other = await world.developer({ row: { state: 'pending' } })
  const rejected = await client.call('POST', `/users/${other.userId}/reject`, { reason: 'Unknown company' })
  expect(rejected.body).toMatchObject({ state: 'rejected', state_reason: 'Unknown company' })
})

test('the last active admin is not deactivated, not even by their own token', async () => {
  const others = await db.select({ id: users.id }).from(users).where(eq(users.role, 'admin'))
  for (const { id } of others) {
    if (id !== client.admin.userId)
      await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, id))
  }
  const last = await client.call('POST', `/users/${client.admin.userId}/deactivate`)
  expect([last.status, last.body.code]).toEqual([409, 'last_admin'])
  const gone = await client.call('DELETE', `/users/${client.admin.userId}`)
  expect([gone.status, gone.body.code]).toEqual([409, 'last_admin'])
})

test('lists are narrowed by search and state, and an organization that does not exist has none', async () => {
  const word = crypto.randomUUID().slice(0, 8)
  const place = await world.organization({ name: `Filter ${word}` })
  await world.organization({ name: `Filter ${word} 2`, state: 'suspended' })
  const ids = async (path: string) =>
    ((await client.call('GET', path)).body.data as { id: string }[]).map(({ id }) => id)
  expect(await ids(`/organizations?q=filter+${word}`)).toHaveLength(2)
  expect(await ids(`/organizations?q=filter+${word}&state=active`)).toEqual([place.id])
  const member = await world.developer({ organizationId: place.id })
  const gone = await world.developer({ organizationId: place.id, row: { state: 'deactivated' } })
  expect(await ids(`/organizations/${place.id}/members`)).toEqual([gone.userId, member.userId])
  expect(await ids(`/organizations/${place.id}/members?state=inactive`)).toEqual([gone.userId])
  expect(await ids(`/users?organization_id=${place.id}&state=active`)).toEqual([member.userId])
  expect(await ids(`/users?q=${member.email.slice(0, 14)}`)).toEqual([member.userId])
  expect(await ids(`/organizations/${place.id}/teams?q=all`)).toEqual([place.allUsersId])
  for (const list of ['members', 'teams'])
    expect((await client.call('GET', `/organizations/org_01UNKNOWN/${list}`)).status, list).toBe(404)
})
