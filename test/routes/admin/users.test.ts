import { eq, inArray } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import type { AdminActor } from '~/domain/kernel/actor'
import type { UserId } from '~/domain/kernel/ids'
import { events, users } from '~db/schema'
import { db } from '~test/support/context'
import { type Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

let admin: AdminActor
let portal: Portal

beforeEach(async () => {
  admin = await world.admin()
  portal = await signedIn(admin)
})

const pending = (row: object = {}) => world.developer({ row: { state: 'pending', ...row } })

async function statesOf(ids: UserId[]) {
  const rows = await db.select().from(users).where(inArray(users.id, ids))
  return ids.map((id) => rows.find((row) => row.id === id)?.state ?? 'deleted')
}

function names(html: string, mark: string): string[] {
  return [...html.matchAll(new RegExp(`href="/admin/users/usr_[^"]*"[^>]*>([^<]*${mark})<`, 'g'))].map(
    (match) => match[1] ?? '',
  )
}

test('the heads sort the list both ways, and a filter keeps the order', async () => {
  const mark = `Sort${crypto.randomUUID().slice(0, 6)}`
  await world.developer({ row: { firstName: 'Bea', lastName: mark, createdAt: 1000, lastLoginAt: 9000 } })
  await world.developer({ row: { firstName: 'Ada', lastName: mark, createdAt: 2000 } })
  const order = async (sort: string) => names((await portal.get(`/admin/users?q=${mark}${sort}`)).html, mark)
  const [ada, bea] = [`Ada ${mark}`, `Bea ${mark}`]
  expect(await order('')).toEqual([ada, bea])
  expect(await order('&sort=registered')).toEqual([bea, ada])
  expect(await order('&sort=name')).toEqual([ada, bea])
  expect(await order('&sort=-name')).toEqual([bea, ada])
  expect(await order('&sort=-last-login')).toEqual([bea, ada])
  expect(await order('&sort=last-login')).toEqual([ada, bea])
  const { html } = await portal.get(`/admin/users?q=${mark}&sort=name`)
  expect(html).toContain('aria-sort="ascending"')
  expect(html).toContain(`href="/admin/users?q=${mark}&amp;sort=-name"`)
  expect(html).toMatch(/<input type="hidden" name="sort" value="name"\/>/)
})

test('organization, team, role and status narrow the list, and each filter is a chip that takes it away', async () => {
  const boss = await world.superAdmin()
  const team = await world.team(boss.organizationId)
  const member = await world.developer({ organizationId: boss.organizationId, teamIds: [team.id] })
  const org = `organization=${boss.organizationId}`
  const page = await portal.get(`/admin/users?${org}`)
  expect(page.html).toContain(boss.name)
  expect(page.html).toContain(member.name)
  expect(page.html).toContain(`>${team.name}</option>`)
  const inTeam = await portal.get(`/admin/users?${org}&team=${team.id}`)
  expect(inTeam.html).toContain(member.name)
  expect(inTeam.html).not.toContain(boss.name)
  expect(inTeam.html).toContain(`href="/admin/users?${org}"`)
  const bosses = await portal.get(`/admin/users?${org}&role=super_admin`)
  expect(bosses.html).not.toContain(member.name)
  expect((await portal.get(`/admin/users?${org}&state=pending`)).html).toContain('Nobody matches')
})

test('ticked registrations are activated with one press, from the list and from the overview', async () => {
  const [one, two] = [await pending({ createdAt: 10 }), await pending({ createdAt: 11 })]
  const active = await world.developer()
  const ids = [one.userId, two.userId]
  const list = await portal.get('/admin/users?state=pending')
  expect(list.html).toContain('formaction="/admin/users/bulk/activate"')
  expect(list.html).toContain(`aria-label="Select ${one.name}"`)
  const response = await portal.post('/admin/users/bulk/activate', {
    id: [...ids, active.userId],
    returnTo: '/admin/users?state=pending',
  })
  expect(response.headers.get('location')).toBe('/admin/users?state=pending')
  expect(portal.notice()).toBe(`2 users are activated. 1 skipped: ${active.name} was activated already.`)
  expect(await statesOf(ids)).toEqual(['active', 'active'])

  const three = await pending({ createdAt: 12 })
  await pending({ createdAt: 13 })
  const overview = await portal.get('/admin')
  expect(overview.html).toContain('action="/admin/users/bulk/activate"')
  expect(overview.html).toContain(`name="id" value="${three.userId}"`)
  const from = await portal.post('/admin/users/bulk/activate', { id: three.userId, returnTo: '/admin' })
  expect(from.headers.get('location')).toBe('/admin')
  expect(portal.notice()).toBe(`${three.name} is activated.`)
})

test('rejecting several asks for the reason first, keeps it on error, and says who is skipped', async () => {
  const [one, two] = [await pending(), await pending()]
  const active = await world.developer()
  const ids = [one.userId, two.userId]
  const address = `/admin/users/bulk/reject?${[...ids, active.userId].map((id) => `id=${id}`).join('&')}`
  const page = await portal.get(address)
  expect(page.html).toContain('Reject 2 registrations')
  expect(page.html).toContain('One person is<!-- --> skipped')
  expect(await statesOf(ids)).toEqual(['pending', 'pending'])
  const long = await portal.post(address, { id: ids, reason: 'x'.repeat(501) })
  expect(long.status).toBe(422)
  expect(await long.text()).toContain('x'.repeat(501))
  await portal.post(address, { id: [...ids, active.userId], reason: 'No company' })
  expect(portal.notice()).toBe(`2 users are rejected. 1 skipped: ${active.name} was activated already.`)
  expect(await statesOf(ids)).toEqual(['rejected', 'rejected'])
})

test('deactivating several asks first, and ends their sessions at once', async () => {
  const [one, two] = [await world.developer(), await world.developer()]
  const theirs = await signedIn(one)
  expect((await theirs.request('/dashboard/apps')).status).toBe(200)
  const address = `/admin/users/bulk/deactivate?id=${one.userId}&id=${two.userId}`
  expect((await portal.get(address)).html).toContain('Deactivate 2 users')
  await portal.post(address, { id: [one.userId, two.userId], reason: '' })
  expect(portal.notice()).toBe('2 users are deactivated.')
  expect((await theirs.request('/dashboard/apps')).headers.get('location')).toContain('/auth/login')
})

test('deleting several says how many and what goes with them, and does it only then', async () => {
  const [one, two] = [await world.developer(), await world.developer()]
  await world.app(one)
  await world.app(two)
  const ids = [one.userId, two.userId]
  const { html } = await portal.get(`/admin/users/bulk/delete?id=${ids.join('&id=')}`)
  for (const text of ['Delete 2 users', one.name, two.email, '2 personal apps and the keys of these apps'])
    expect(html).toContain(text)
  expect(await statesOf(ids)).toEqual(['active', 'active'])
  await portal.post('/admin/users/bulk/delete', { id: ids })
  expect(portal.notice()).toBe('2 users are deleted.')
  expect(await statesOf(ids)).toEqual(['deleted', 'deleted'])
  const told = await db.select().from(events).where(inArray(events.subjectId, ids))
  expect(told.filter((event) => event.type === 'user.deleted')).toHaveLength(2)
})

test('invitations are sent to several', async () => {
  const one = await world.developer({ row: { state: 'invited', passwordHash: null } })
  await portal.post('/admin/users/bulk/invite', { id: [one.userId] })
  expect(portal.notice()).toBe(`${one.name} is invited.`)
})

test.each(['activate', 'invite', 'delete'])(
  '%s with nobody or too many ticked says what to do',
  async (verb) => {
    const path = `/admin/users/bulk/${verb}`
    await portal.post(path, {})
    expect(portal.notice()).toBe('Tick at least one user.')
    await portal.post(path, { id: Array.from({ length: 101 }, (_, n) => `usr_${n}`) })
    expect(portal.notice()).toContain('At most 100 users at once.')
    await portal.post(path, { id: ['usr_unknown'], returnTo: 'https://evil.example/' })
    expect(portal.notice()).toContain('None of these users exists any more.')
  },
)

test('one comes back to the list or the overview, and nowhere else', async () => {
  for (const returnTo of ['//evil.example', '/auth/logout', '/dashboard/apps', 'javascript:alert(1)']) {
    const response = await portal.post('/admin/users/bulk/activate', { id: ['usr_unknown'], returnTo })
    expect(response.headers.get('location')).toBe('/admin/users')
  }
})

test('the export holds the users of the present filter in its order, and no formula', async () => {
  const mark = `Csv${crypto.randomUUID().slice(0, 6)}`
  const first = await world.developer({
    row: { firstName: '=HYPERLINK("x")', lastName: mark, createdAt: 1000 },
  })
  const second = await world.developer({
    row: { firstName: 'Zoe', lastName: mark, createdAt: 2000, state: 'pending' },
  })
  const page = await portal.get(`/admin/users?q=${mark}&sort=registered`)
  expect(page.html).toContain(`href="/admin/users/export?q=${mark}&amp;sort=registered"`)
  const response = await portal.request(`/admin/users/export?q=${mark}&sort=registered`)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename="users-\d{4}-\d\d-\d\d\.csv"$/,
  )
  const lines = (await response.text()).split('\r\n')
  expect(lines[0]).toBe('Name,Email,Organization,Role,Status,Reason,Registered,Last login,Id')
  expect(lines[1]).toBe(
    `"'=HYPERLINK(""x"") ${mark}",${first.email},Default organization,Team member,Active,,1970-01-01T00:00:01.000Z,,${first.userId}`,
  )
  expect(lines[2]).toContain(
    `Zoe ${mark},${second.email},Default organization,Team member,Inactive,waits for approval`,
  )
  expect(lines).toHaveLength(4)
})

test('an export of more users than a page holds is complete', async () => {
  const mark = `Lots${crypto.randomUUID().slice(0, 6)}`
  await db.run(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)
     insert into users (id, email, email_key, first_name, last_name, role, state, organization_id, org_role,
       must_change_password, reset_version, notify_requests, notify_expiry, created_at)
     select 'usr_${mark}' || i, '${mark}' || i || '@x.example', lower('${mark}') || i || '@x.example', 'F', '${mark}', 'developer',
       'active', 'org_default', 'team_member', 0, 0, 1, 1, 5000 from n`,
  )
  const text = await (await portal.request(`/admin/users/export?q=${mark}&sort=name`)).text()
  const ids = text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',').at(-1))
  expect(new Set(ids).size).toBe(2500)
  await db.delete(users).where(eq(users.lastName, mark))
})
