// The admins' lists with 10,000 organizations, 10,000 more teams and 100,000 developers: what a page reads is a matter of
// its own rows.
import { beforeAll, expect, test, vi } from 'vitest'
import type { AdminActor } from '~/domain/kernel/actor'
import type { PageRequest } from '~/domain/kernel/page'
import { listActivity } from '~/domain/notifications/queries-activity.server'
import { placeSorts } from '~/domain/organizations/lists'
import { getOrganization, listOrganizationChoices } from '~/domain/organizations/queries.server'
import { getOrganizationList, getTeamList } from '~/domain/organizations/queries-list.server'
import { listMembers } from '~/domain/organizations/queries-members.server'
import { getOwnOrganization, getOwnTeam } from '~/domain/organizations/queries-own.server'
import { getTeam, getTeamCandidates } from '~/domain/organizations/queries-team.server'
import { contextFor, db } from '~test/support/context'
import { countedReads } from '~test/support/counted-reads'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const size = 50
const first: PageRequest = { cursor: null, direction: 'next', size }
let admin: AdminActor

const upTo = (n: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${n})`

beforeAll(async () => {
  admin = await world.admin()
  await db.run(`${upTo(10_000)} insert into organizations (id, name, name_key, state, is_default, created_at)
    select printf('org_S%05d', i), printf('Scale %05d', i * 7919 % 10000), printf('scale %05d', i * 7919 % 10000),
      case when i % 100 = 0 then 'suspended' else 'active' end, 0, 1000000 + i / 3 from n`)
  await db.run(`${upTo(10_000)} insert into teams (id, organization_id, name, name_key, is_default, created_at)
    select printf('team_D%05d', i), printf('org_S%05d', i), 'All', 'all', 1, 1000000 + i / 3 from n`)
  // A thousand in one organization, the others spread.
  await db.run(`${upTo(10_000)} insert into teams (id, organization_id, name, name_key, is_default, created_at)
    select printf('team_T%05d', i), case when i <= 1000 then 'org_S00001' else printf('org_S%05d', i) end,
      printf('Team %05d', i), printf('team %05d', i), 0, 2000000 + i from n`)
  // Half of the people in the default organization and its team.
  await db.run(`${upTo(100_000)} insert into users
    (id, email, email_key, first_name, last_name, role, state, organization_id, org_role, must_change_password, reset_version, notify_requests, notify_expiry, created_at)
    select printf('usr_S%06d', i), 'p' || i || '@scale.example', 'p' || i || '@scale.example', 'Pim', 'Person ' || i, 'developer', 'active',
      case when i % 2 = 0 then 'org_default' else printf('org_S%05d', i % 10000 + 1) end, 'team_member', 0, 0, 1, 1, 1000000 + i from n`)
  await db.run(`insert into team_members (team_id, user_id, organization_id, created_at)
    select 'team_default', id, organization_id, created_at from users where organization_id = 'org_default'`)
  // One organization of ten thousand, with all of them in its team, and what they did.
  await db.run(`${upTo(10_000)} insert into users
    (id, email, email_key, first_name, last_name, role, state, organization_id, org_role, must_change_password, reset_version, notify_requests, notify_expiry, created_at)
    select printf('usr_L%05d', i), 'l' || i || '@large.example', 'l' || i || '@large.example', 'Lou', printf('Large %05d', i * 7919 % 10000), 'developer', 'active',
      'org_S00003', 'team_member', 0, 0, 1, 1, 3000000 + i from n`)
  await db.run(`insert into team_members (team_id, user_id, organization_id, created_at)
    select 'team_D00003', id, organization_id, created_at from users where id like 'usr_L%'`)
  await db.run(`${upTo(20_000)} insert into events (id, type, subject_type, subject_id, actor_type, actor_id, actor_label, organization_id, data, request_id, created_at, planned_at)
    select printf('evt_L%05d', i), case when i % 100 = 0 then 'member.removed' else 'credential.revealed' end, 'user', 'usr_L00001', 'developer', 'usr_L00001', 'Lou', 'org_S00003', '{}', 'r', 3000000 + i, 1 from n`)
})

const lead = () => world.superAdmin({ organizationId: 'org_S00003' })

/** Rows read per row shown, and trips; also for the page after the one that `ask` gives. */
async function cost<R extends { rows: unknown[]; next: string | null }>(
  ask: (ctx: ReturnType<typeof contextFor<AdminActor>>, page: PageRequest) => Promise<R>,
  page: PageRequest,
) {
  const { db: counted, read } = countedReads()
  const result = await ask({ ...contextFor(admin), db: counted }, page)
  return { perRow: read.rows / Math.max(1, result.rows.length), trips: read.trips, result }
}

/** A page near the end: the last one, walked to backwards. */
async function deep<R extends { rows: unknown[]; next: string | null; previous: string | null }>(
  ask: (ctx: ReturnType<typeof contextFor<AdminActor>>, page: PageRequest) => Promise<R>,
) {
  const last = await ask(contextFor(admin), { cursor: lastCursor, direction: 'previous', size })
  if (!last.previous) throw new Error('no deep page')
  return cost(ask, { cursor: last.previous, direction: 'previous', size })
}

/** Beyond every name; a list by time takes it as beyond every moment, because texts come after numbers. */
const lastCursor = btoa(JSON.stringify(['zzzz', 'zzzz'])).replaceAll('=', '')

const orders = placeSorts.flatMap((sort) => [true, false].map((descending) => ({ sort, descending })))

test.each(orders)(
  'organizations by %o: first and deep page read five rows a row shown, in one trip',
  async (order) => {
    for (const state of [null, 'active', 'suspended'] as const) {
      const ask = (ctx: ReturnType<typeof contextFor<AdminActor>>, page: PageRequest) =>
        getOrganizationList(ctx, { ...order, search: '', state, page })
      const shown = await cost(ask, first)
      expect(shown.result.rows).toHaveLength(size)
      expect(shown.perRow, `first page, ${state}`).toBeLessThanOrEqual(5)
      expect(shown.trips).toBe(1)
      const middle = await cost(ask, { ...first, cursor: shown.result.next })
      expect(middle.perRow, `second page, ${state}`).toBeLessThanOrEqual(5)
      if (order.descending) continue
      const far = await deep(ask)
      expect(far.result.rows).toHaveLength(size)
      expect(far.perRow, `deep page, ${state}`).toBeLessThanOrEqual(5)
    }
  },
)

test.each(orders)(
  'teams by %o: first and deep page read five rows a row shown, in one trip',
  async (order) => {
    for (const organizationId of [null, 'org_S00001'] as const) {
      const ask = (ctx: ReturnType<typeof contextFor<AdminActor>>, page: PageRequest) =>
        getTeamList(ctx, { ...order, search: '', organizationId, page })
      const shown = await cost(ask, first)
      expect(shown.result.rows).toHaveLength(size)
      expect(shown.perRow, `first page, ${organizationId}`).toBeLessThanOrEqual(5)
      expect(shown.trips).toBe(1)
      if (order.descending) continue
      const far = await deep(ask)
      expect(far.result.rows).toHaveLength(size)
      expect(far.perRow, `deep page, ${organizationId}`).toBeLessThanOrEqual(5)
    }
  },
)

test('the default team of fifty thousand is paged and searched without counting them', async () => {
  const members = await cost((ctx, page) => getTeam(ctx, 'team_default', { search: '', page }), first)
  expect(members.result.team.members).toBe(50_000)
  expect(members.perRow).toBeLessThanOrEqual(5)
  const next = await cost((ctx, page) => getTeam(ctx, 'team_default', { search: '', page }), {
    ...first,
    cursor: members.result.next,
  })
  expect(next.perRow).toBeLessThanOrEqual(5)
  const { db: counted, read } = countedReads()
  const found = await getTeam({ ...contextFor(admin), db: counted }, 'team_default', {
    search: 'p99998@',
    page: first,
  })
  expect(found.rows).toHaveLength(1)
  expect(read.rows).toBeLessThanOrEqual(20)
})

test('an organization and the choices of forms read what they show, whatever there is', async () => {
  const { db: counted, read } = countedReads()
  const ctx = { ...contextFor(admin), db: counted }
  expect(await getOrganization(ctx, 'org_default')).toMatchObject({ members: 50_000 })
  expect(read.rows).toBeLessThanOrEqual(5 * 40)
  read.rows = 0
  await listOrganizationChoices(ctx, { search: '', chosen: 'org_S00002' })
  expect(read.rows).toBeLessThanOrEqual(5 * 110)
  read.rows = 0
  await getTeamCandidates(ctx, 'team_T05000', { search: '' })
  expect(read.rows).toBeLessThanOrEqual(5 * 55)
})

test('a search looks into every name once at most', async () => {
  const search = (text: string) =>
    cost(
      (ctx, page) =>
        getOrganizationList(ctx, { sort: 'name', descending: false, state: null, search: text, page }),
      first,
    )
  const rare = await search('08888')
  expect(rare.result.rows).toHaveLength(1)
  expect(rare.perRow).toBeLessThanOrEqual(10_100)
  expect(rare.trips).toBe(1)
  expect((await search('scale')).perRow).toBeLessThanOrEqual(5)
})

test('the own pages of an organization of ten thousand read what they show', async () => {
  const actor = await lead()
  const read = async <T>(ask: (ctx: ReturnType<typeof contextFor<typeof actor>>) => Promise<T>) => {
    const counted = countedReads()
    const value = await ask({ ...contextFor(actor), db: counted.db })
    return { value, rows: counted.read.rows, trips: counted.read.trips }
  }
  const members = await read((ctx) => listMembers(ctx, { search: '', page: first }))
  expect(members.value.rows).toHaveLength(size)
  expect(members.rows).toBeLessThanOrEqual(5 * size)
  const last = { cursor: btoa('[0,""]'), direction: 'previous', size } as const
  const deepest = await read((ctx) => listMembers(ctx, { search: '', page: last }))
  expect(deepest.value.rows).toHaveLength(size)
  expect(deepest.rows).toBeLessThanOrEqual(5 * size)
  const searched = await read((ctx) => listMembers(ctx, { search: 'large 00777', page: first }))
  expect(searched.value.rows).toHaveLength(1)
  expect(searched.rows, 'a search looks at each member once').toBeLessThanOrEqual(10_100)

  const activity = { type: null, actor: null, period: null } as const
  for (const page of [first, last]) {
    const shown = await read((ctx) => listActivity(ctx, { ...activity, page }))
    expect(shown.value.rows).toHaveLength(size)
    expect(shown.rows).toBeLessThanOrEqual(5 * (size + shown.value.people.length))
  }
  const own = await read((ctx) => getOwnOrganization(ctx))
  expect(own.rows).toBeLessThanOrEqual(5 * (own.value.teams.length + own.value.successors.length))
  const team = await read((ctx) => getOwnTeam(ctx, 'team_D00003'))
  expect(team.rows).toBeLessThanOrEqual(5 * team.value.members.rows.length)
  for (const one of [members, own, team]) expect(one.trips).toBe(1)
})
