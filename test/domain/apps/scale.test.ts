// The admins' list of apps with 20,000 apps of 2,000 organizations: what a page reads is a matter of its own rows.
import { beforeAll, expect, test, vi } from 'vitest'
import { type AppList, getAppList } from '~/domain/apps/queries-list.server'
import { getOwnerChoices } from '~/domain/apps/queries-owner.server'
import type { AdminActor } from '~/domain/kernel/actor'
import { placeSorts } from '~/domain/organizations/lists'
import { contextFor, db } from '~test/support/context'
import { countedReads } from '~test/support/counted-reads'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const size = 50
const upTo = (n: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${n})`
let admin: AdminActor

beforeAll(async () => {
  admin = await world.admin()
  await db.run(`${upTo(2000)} insert into organizations (id, name, name_key, state, is_default, created_at)
    select printf('org_S%05d', i), printf('Scale %05d', i), printf('scale %05d', i), 'active', 0, 1000000 + i from n`)
  await db.run(`${upTo(2000)} insert into users
    (id, email, email_key, first_name, last_name, role, state, organization_id, org_role, must_change_password, reset_version, notify_requests, notify_expiry, created_at)
    select printf('usr_S%06d', i), 'p' || i || '@scale.example', 'p' || i || '@scale.example', 'Pim', 'Person ' || i, 'developer', 'active',
      printf('org_S%05d', i), 'team_member', 0, 0, 1, 1, 1000000 + i from n`)
  // Half of them in one organization.
  await db.run(`${upTo(20_000)} insert into apps
    (id, organization_id, owner_id, name, name_key, description, visibility, redirect_urls, frozen_at, frozen_by, created_at)
    select printf('app_S%06d', i), case when i % 2 = 0 then 'org_S00001' else printf('org_S%05d', i % 2000 + 1) end,
      printf('usr_S%06d', i % 2000 + 1), printf('App %06d', i * 7919 % 20000), printf('app %06d', i * 7919 % 20000), '',
      'personal', '[]', case when i % 1000 = 0 then 1 end, case when i % 1000 = 0 then 'admin' end, 2000000 + i / 3 from n`)
  await db.run(`${upTo(20_000)} insert into credentials (id, app_id, type, state, name, secret_hash, hint, show_once, created_at)
    select printf('crd_S%06d', i), printf('app_S%06d', i), 'api_key', 'active', 'Key', printf('hash%06d', i), 'abcd', 0, 1 from n`)
})

async function cost(list: Partial<AppList>) {
  const { db: counted, read } = countedReads()
  const result = await getAppList(
    { ...contextFor(admin), db: counted },
    {
      sort: 'created',
      descending: true,
      search: '',
      organizationId: null,
      state: null,
      page: { cursor: null, direction: 'next', size },
      ...list,
    },
  )
  return { perRow: read.rows / Math.max(1, result.rows.length), trips: read.trips, result }
}

const orders = placeSorts.flatMap((sort) => [true, false].map((descending) => ({ sort, descending })))

test.each(orders)(
  'apps by %o: first and second page read seven rows a row shown, in one trip, of all or of one organization',
  async (order) => {
    for (const organizationId of [null, 'org_S00001'] as const) {
      const shown = await cost({ ...order, organizationId })
      expect(shown.result.rows).toHaveLength(size)
      expect(shown.perRow, `first page, ${organizationId}`).toBeLessThanOrEqual(7)
      expect(shown.trips).toBe(1)
      const next = await cost({
        ...order,
        organizationId,
        page: { cursor: shown.result.next, direction: 'next', size },
      })
      expect(next.result.rows[0]?.id).not.toBe(shown.result.rows[0]?.id)
      expect(next.perRow, `second page, ${organizationId}`).toBeLessThanOrEqual(7)
    }
  },
)

test('what most apps are is found at once; a search or a rare status looks into each app once at most', async () => {
  expect((await cost({ state: 'active' })).perRow).toBeLessThanOrEqual(12)
  const frozen = await cost({ state: 'frozen' })
  expect(frozen.result.rows).toHaveLength(20)
  expect(frozen.perRow * 20).toBeLessThanOrEqual(20_000 * 3 + 200)
  const found = await cost({ search: 'app 019999' })
  expect(found.result.rows).toHaveLength(1)
  expect(found.perRow).toBeLessThanOrEqual(20_000 * 4)
})

test('the choice of an owner reads what it shows', async () => {
  const { db: counted, read } = countedReads()
  const ctx = { ...contextFor(admin), db: counted }
  expect((await getOwnerChoices(ctx, { search: 'p1999@', ownerId: null })).people).toHaveLength(1)
  expect(read.rows).toBeLessThanOrEqual(40)
  await getOwnerChoices(ctx, { search: '', ownerId: 'usr_S000007' })
  expect(read.rows).toBeLessThanOrEqual(300)
})
