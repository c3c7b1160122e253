// The admins' list of access requests with 100,000 requests of 20,000 apps in 2,000 organizations: what a page reads is a
// matter of its own rows.
import { beforeAll, expect, test, vi } from 'vitest'
import { getAccessRequestList, type RequestList } from '~/domain/access-requests/queries-list.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { Id } from '~/domain/kernel/ids'
import { contextFor, db } from '~test/support/context'
import { countedReads } from '~test/support/counted-reads'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const size = 50
const upTo = (n: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${n})`
let admin: AdminActor
let rareCatalog: Id<'cat'>

beforeAll(async () => {
  admin = await world.admin()
  const catalog = await world.catalog()
  const rare = await world.catalog()
  rareCatalog = rare.id
  const plan = await world.plan([catalog.id], { name: 'Common' })
  const second = await world.plan([catalog.id], { name: 'Seldom' })
  const product = await world.product([catalog.id])
  await db.run(`${upTo(2000)} insert into organizations (id, name, name_key, state, is_default, created_at)
    select printf('org_S%05d', i), printf('Scale %05d', i), printf('scale %05d', i), 'active', 0, 1000000 + i from n`)
  await db.run(`${upTo(2000)} insert into users
    (id, email, email_key, first_name, last_name, role, state, organization_id, org_role, must_change_password, reset_version, notify_requests, notify_expiry, created_at)
    select printf('usr_S%06d', i), 'p' || i || '@scale.example', 'p' || i || '@scale.example', 'Pim', 'Person ' || i, 'developer', 'active',
      printf('org_S%05d', i), 'team_member', 0, 0, 1, 1, 1000000 + i from n`)
  // Half of them in one organization; many of the same name.
  await db.run(`${upTo(20_000)} insert into apps
    (id, organization_id, owner_id, name, name_key, description, visibility, redirect_urls, created_at)
    select printf('app_S%06d', i), case when i % 2 = 0 then 'org_S00001' else printf('org_S%05d', i % 2000 + 1) end,
      printf('usr_S%06d', i % 2000 + 1), printf('App %05d', i * 7919 % 10000), printf('app %05d', i * 7919 % 10000), '',
      'personal', '[]', 2000000 + i / 3 from n`)
  // One in a hundred waits.
  await db.run(`${upTo(100_000)} insert into access_requests
    (id, submission_id, app_id, organization_id, requester_id, catalog_id, plan_id, credential_type, state, plan_name, created_at)
    select printf('req_S%06d', i), printf('S%06d', i), printf('app_S%06d', i * 31 % 20000 + 1),
      (select organization_id from apps where id = printf('app_S%06d', i * 31 % 20000 + 1)), printf('usr_S%06d', i % 2000 + 1),
      case when i % 1000 = 0 then '${rare.id}' else '${catalog.id}' end, case when i % 499 = 0 then '${second.id}' else '${plan.id}' end,
      'api_key', case when i % 100 = 0 then 'pending' when i % 3 = 0 then 'rejected' else 'approved' end,
      case when i % 499 = 0 then 'Seldom' else 'Common' end, 3000000 + i / 3 from n`)
  await db.run(`insert into access_request_products (request_id, product_id, app_id, plan_id, live)
    select id, '${product.id}', app_id, plan_id, 0 from access_requests where id like 'req_S%'`)
})

const plain: RequestList = {
  state: null,
  catalogId: null,
  planId: null,
  organizationId: null,
  search: '',
  sort: 'created',
  descending: true,
  page: { cursor: null, direction: 'next', size },
}

async function readsOf(list: Partial<RequestList>) {
  const { db: counted, read } = countedReads()
  const result = await getAccessRequestList({ ...contextFor(admin), db: counted }, { ...plain, ...list })
  return { rows: read.rows, trips: read.trips, result }
}

/** What the page reads for its rows. What its filters offer grows with what other tests have made, so it is left out. */
async function cost(list: Partial<RequestList>) {
  const offered = (await readsOf({ planId: 'pln_none' })).rows
  const { rows: all, trips, result } = await readsOf(list)
  const rows = all - offered
  return { perRow: rows / Math.max(1, result.rows.length), rows, trips, result }
}

const sorts = ['created', 'app', 'organization', 'plan'] as const
const orders = sorts.flatMap((sort) => [true, false].map((descending) => ({ sort, descending })))
/** A row stands for seven: request, app, organization, catalog, requester, and its product with the name of it. */
const budget = 9
/** By app or organization, those are walked as well, and a page may begin inside one: what is left of it is read beside. */
const groupedBudget = 30

test.each(orders)(
  'requests by %o: first, second and last page read what they show, in one trip',
  async (order) => {
    const most = order.sort === 'app' || order.sort === 'organization' ? groupedBudget : budget
    for (const state of [null, 'approved'] as const) {
      const first = await cost({ ...order, state })
      expect(first.result.rows).toHaveLength(size)
      expect(first.perRow, `first page, ${state}`).toBeLessThanOrEqual(most)
      expect(first.trips).toBe(1)
      const second = await cost({ ...order, state, page: { ...plain.page, cursor: first.result.next } })
      expect(second.perRow, `second page, ${state}`).toBeLessThanOrEqual(most)
      expect(second.trips).toBe(1)
      const end = order.sort === 'created' ? [0, ''] : order.sort === 'plan' ? ['', '0 x'] : ['', 'x 0 x']
      const beyond = order.descending ? end : ['zzzz', order.sort === 'plan' ? '0 x' : 'x 0 x']
      const last = await cost({
        ...order,
        state,
        page: { cursor: btoa(JSON.stringify(beyond)), direction: 'previous', size },
      })
      expect(last.result.rows).toHaveLength(size)
      expect(last.perRow, `last page, ${state}`).toBeLessThanOrEqual(most)
      const deep = await cost({
        ...order,
        state,
        page: { ...plain.page, direction: 'previous', cursor: last.result.previous },
      })
      expect(deep.result.rows).toHaveLength(size)
      expect(deep.perRow, `deep page, ${state}`).toBeLessThanOrEqual(most)
    }
  },
)

test.each(orders)(
  'requests by %o: a walk through those of two apps and organizations shows each once, in order, and back',
  async (order) => {
    for (const list of [{}, { state: 'pending' }] as const) {
      let cursor: string | null = null
      const seen: string[] = []
      const pages: string[][] = []
      for (let page = 0; page < 3; page += 1) {
        const { result }: Awaited<ReturnType<typeof cost>> = await cost({
          ...list,
          ...order,
          page: { ...plain.page, cursor },
        })
        pages.push(result.rows.map((row) => row.id))
        seen.push(...result.rows.map((row) => row.id))
        cursor = result.next
        if (page === 2) {
          const back = await cost({
            ...list,
            ...order,
            page: { cursor: result.previous, direction: 'previous', size },
          })
          expect(back.result.rows.map((row) => row.id)).toEqual(pages[1])
        }
      }
      expect(new Set(seen).size).toBe(3 * size)
      const one = await cost({ ...list, ...order, page: { ...plain.page, size: 3 * size } })
      expect(one.result.rows.map((row) => row.id)).toEqual(seen)
    }
  },
)

test('what waits is read by its state, whatever the order', async () => {
  for (const sort of sorts) {
    const waiting = await cost({ sort, descending: false, state: 'pending' })
    expect(waiting.result.rows).toHaveLength(size)
    expect(waiting.rows, sort).toBeLessThanOrEqual(
      sort === 'created' ? budget * size : 1000 * 3 + groupedBudget * size,
    )
  }
})

test('one catalog, plan or organization is read along its own index', async () => {
  const { plans } = (await cost({})).result
  const seldom = plans.find((plan) => plan.name === 'Seldom')?.id ?? null
  for (const list of [
    { catalogId: rareCatalog },
    { planId: seldom },
    { organizationId: 'org_S00001' },
    { planId: plans.find((plan) => plan.name === 'Common')?.id ?? null },
  ] as const) {
    const found = await cost(list)
    expect(found.result.rows).toHaveLength(size)
    expect(found.perRow, JSON.stringify(list)).toBeLessThanOrEqual(budget)
  }
})

test('a search looks into each request once at most', async () => {
  const found = await cost({ search: 'app 09999' })
  expect(found.result.rows.length).toBeGreaterThan(0)
  expect(found.rows).toBeLessThanOrEqual(100_000 * 8 + 100)
})
