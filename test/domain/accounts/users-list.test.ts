// The list of users with many rows: what it finds, in which order, and how many rows D1 reads for it.
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test, vi } from 'vitest'
import { getUserList, listUsers } from '~/domain/accounts/queries-users.server'
import { userListFilter } from '~/domain/accounts/user-list'
import { createDatabase } from '~db/client'
import { contextFor, db } from '~test/support/context'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const many = 20_000
const size = 50
const mark = `q${crypto.randomUUID().slice(0, 6)}`
const admin = {
  type: 'admin',
  userId: 'usr_list',
  name: 'A',
  email: 'a@x.example',
  sessionId: 'ses_x',
} as const

beforeAll(async () => {
  await env.DB.prepare(
    `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${many - 1})
     insert into users (id, email, email_key, first_name, last_name, role, state, organization_id, org_role,
       must_change_password, reset_version, notify_requests, notify_expiry, last_login_at, created_at)
     select 'usr_' || ?1 || printf('%06d', i), ?1 || i || '@many.example', ?1 || i || '@many.example',
       'First' || (i * 7919 % 5000), ?1 || 'last' || i, 'developer',
       case when i % 100 = 0 then 'pending' else 'active' end, 'org_default', 'team_member', 0, 0, 1, 1,
       case when i % 3 = 0 then null else 1700000000000 + (i * 104729 % 1000000) end, 1600000000000 + i * 1000
     from n`,
  )
    .bind(mark)
    .run()
})

/** The list as of its address, and the rows that D1 read for it. */
async function read(address: string, cursor: string | null = null, direction: 'next' | 'previous' = 'next') {
  let rowsRead = 0
  const counting = new Proxy(env.DB, {
    get(target, property) {
      if (property === 'batch')
        return async (statements: D1PreparedStatement[]) => {
          const results = await target.batch(statements)
          rowsRead += results.reduce((sum, result) => sum + (result.meta.rows_read ?? 0), 0)
          return results
        }
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const ctx = { ...contextFor(admin), db: createDatabase(counting) }
  const filter = userListFilter(new URLSearchParams(address))
  const page = await getUserList(ctx, { ...filter, page: { cursor, direction, size } })
  return { ...page, rowsRead }
}

const sorts = ['name', '-name', 'registered', '-registered', 'last-login', '-last-login']

test.each(sorts)(
  'sorted by %s, first and deep pages read at most five rows for each that they show',
  async (sort) => {
    const first = await read(`sort=${sort}`)
    expect(first.rows).toHaveLength(size)
    expect(first.rowsRead).toBeLessThanOrEqual(5 * size)
    let page = first
    for (let n = 0; n < 150; n += 1) page = await read(`sort=${sort}`, page.next)
    expect(page.rows).toHaveLength(size)
    expect(page.rowsRead).toBeLessThanOrEqual(5 * size)
    const back = await read(`sort=${sort}`, page.previous, 'previous')
    expect(back.rows).toHaveLength(size)
    expect(back.rowsRead).toBeLessThanOrEqual(5 * size)
    const again = await read(`sort=${sort}`, back.next)
    expect(again.rows).toEqual(page.rows)
  },
)

test.each(sorts)('sorted by %s, every user is on one page, in that order', async (sort) => {
  const filter = userListFilter(new URLSearchParams({ sort, q: `${mark}1` }))
  const seen: { key: string | number; id: string }[] = []
  let cursor: string | null = null
  do {
    const page = { cursor, direction: 'next', size: 700 } as const
    const { rows, next } = await listUsers(contextFor(admin), { ...filter, page })
    for (const row of rows) {
      const key = sort.endsWith('name')
        ? row.name.toLowerCase()
        : sort.endsWith('login')
          ? (row.lastLoginAt ?? 0)
          : row.createdAt
      seen.push({ key, id: row.id })
    }
    cursor = next
  } while (cursor)
  expect(seen).toHaveLength(11_111)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(11_111)
  const upwards = sort.startsWith('-') ? seen.toReversed() : seen
  for (const [n, { key, id }] of upwards.entries()) {
    const before = upwards[n - 1]
    if (before) expect(before.key < key || (before.key === key && before.id < id)).toBe(true)
  }
})

test('a filter is read by its index in the order of registration, and search costs what it finds', async () => {
  for (const address of [
    'state=pending',
    'state=active',
    'organization=org_default',
    'state=active&sort=name',
  ]) {
    const page = await read(address)
    expect(page.rows, address).toHaveLength(size)
    expect(page.rowsRead, address).toBeLessThanOrEqual(5 * size + 50)
  }
  for (const [address, found] of [
    [`q=${mark}12345`, 1],
    [`q=${mark.toUpperCase()}12345@many`, 1],
    [`q=${mark}last1234`, 11],
    ['q=first77', 44],
    ['q=%40many.exampl', size],
    ['q=many.example', 0],
  ] as const) {
    const page = await read(address)
    expect(page.rows.length, address).toBeGreaterThanOrEqual(Math.min(found, size))
    if (found < size) expect(page.rowsRead, address).toBeLessThanOrEqual(10 * (found + 5) + 60)
  }
})

test('organization, team, role and state narrow the list together, in every order', async () => {
  const boss = await world.superAdmin()
  const team = await world.team(boss.organizationId)
  const inTeam = await world.developer({ organizationId: boss.organizationId, teamIds: [team.id] })
  const outside = await world.developer({
    organizationId: boss.organizationId,
    row: { state: 'pending', lastLoginAt: 5 },
  })
  const org = `organization=${boss.organizationId}`
  const ids = async (address: string) => (await read(address)).rows.map((row) => row.id).sort()
  for (const sort of sorts) {
    expect(await ids(`${org}&sort=${sort}`)).toEqual([boss.userId, inTeam.userId, outside.userId].sort())
    expect(await ids(`team=${team.id}&sort=${sort}`)).toEqual([inTeam.userId])
    expect(await ids(`${org}&role=super_admin&sort=${sort}`)).toEqual([boss.userId])
    expect(await ids(`${org}&state=inactive&sort=${sort}`)).toEqual([outside.userId])
    expect(await ids(`${org}&state=pending&role=team_member&q=robin&sort=${sort}`)).toEqual([outside.userId])
    expect(await ids(`team=${team.id}&state=pending&sort=${sort}`)).toEqual([])
  }
  const page = await read(`${org}&team=${team.id}`)
  expect(page.chosen.team).toBe(team.name)
  expect(page.teams.map(({ id }) => id)).toContain(team.id)
  expect((await read(`find=${page.chosen.organization}`)).organizations.map(({ id }) => id)).toContain(
    boss.organizationId,
  )
})

test('nonsense in the address is no filter', () => {
  expect(
    userListFilter(new URLSearchParams('sort=password_hash&state=x&organization=usr_1&team=%00&role=admin')),
  ).toEqual({
    search: '',
    state: null,
    organizationId: null,
    teamId: null,
    orgRole: null,
    sort: 'registered',
    descending: true,
    find: '',
  })
})

test('admins are not in the list', async () => {
  const one = await world.admin({ firstName: 'Solo', lastName: `Admin${mark}` })
  expect((await read(`q=admin${mark}`)).rows).toEqual([])
  await db.run(`delete from users where id = '${one.userId}'`)
  await db.run(`delete from users where id like 'usr_${mark}%'`)
})
