import { expect, test } from 'vitest'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import { activityFilter } from '~/domain/notifications/organization-activity'
import { exportActivity, listActivity } from '~/domain/notifications/queries-activity.server'
import { contextFor } from '~test/support/context'
import { eventOf } from '~test/support/notifications'
import * as world from '~test/support/world'

const everything = { type: null, actor: null, period: null }
const firstPage = { cursor: null, direction: 'next' as const, size: 50 }
const hour = 3_600_000

function fact(
  actor: SuperAdminActor,
  type: 'team.created' | 'app.created' | 'user.invited' = 'team.created',
) {
  return {
    type,
    subjectType: 'team' as const,
    subjectId: 'team_x',
    organizationId: actor.organizationId,
    data: { name: 'Checkout' },
  }
}

test('super admins read what happened in their organization, newest first, and nothing of another', async () => {
  const [boss, other] = [await world.superAdmin(), await world.superAdmin()]
  const now = Date.now()
  const first = await eventOf(fact(boss), boss, now - 2)
  const second = await eventOf(fact(boss, 'app.created'), boss, now - 1)
  await eventOf(fact(other), other, now)
  const { rows } = await listActivity(contextFor(boss), { ...everything, page: firstPage })
  expect(rows.map((row) => row.id)).toEqual([second, first])
  expect(rows[0]).toMatchObject({ actorLabel: boss.name, ip: '203.0.113.7', country: 'NL' })
})

test('where an admin of the portal acted from stays with the portal', async () => {
  const boss = await world.superAdmin()
  const admin = await world.admin()
  await eventOf(fact(boss), admin)
  const { rows } = await listActivity(contextFor(boss), { ...everything, page: firstPage })
  expect(rows).toMatchObject([{ actorLabel: admin.name, ip: null, country: null, userAgent: null }])
})

test('the activity is filtered by type, person and time; what is not known counts as no filter', async () => {
  const boss = await world.superAdmin()
  const mate = await world.superAdmin({ organizationId: boss.organizationId })
  const now = Date.now()
  await eventOf(fact(boss, 'user.invited'), boss, now - 25 * hour)
  await eventOf(fact(boss, 'app.created'), boss, now - hour)
  await eventOf(fact(boss, 'app.created'), mate, now - hour)
  const count = async (query: string) => {
    const filter = activityFilter(new URLSearchParams(query))
    return (await listActivity(contextFor(boss, now), { ...filter, page: firstPage })).rows.length
  }
  expect(await count('')).toBe(3)
  expect(await count('type=user.invited')).toBe(1)
  expect(await count(`actor=${mate.userId}`)).toBe(1)
  expect(await count('period=day')).toBe(2)
  expect(await count(`type=app.created&actor=${boss.userId}&period=day`)).toBe(1)
  expect(await count("type=settings.changed&actor='&period=never")).toBe(3)
})

test('whose right is gone reads nothing', async () => {
  const boss = await world.superAdmin()
  await eventOf(fact(boss), boss)
  const gone = { ...boss, userId: (await world.developer({ organizationId: boss.organizationId })).userId }
  const { rows, people } = await listActivity(contextFor(gone), { ...everything, page: firstPage })
  expect([rows, people]).toEqual([[], []])
})

test('the pages and the export miss nothing and repeat nothing, also among events of one moment', async () => {
  const boss = await world.superAdmin()
  const ids = new Set<string>()
  for (let n = 0; n < 7; n += 1) ids.add(await eventOf(fact(boss), boss, 5000 + (n >> 2)))
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await listActivity(contextFor(boss), {
      ...everything,
      page: { cursor, direction: 'next', size: 3 },
    })
    seen.push(...page.rows.map((row) => row.id))
    cursor = page.next
  } while (cursor)
  expect(seen).toHaveLength(7)
  expect(new Set(seen)).toEqual(ids)
  const exported: string[] = []
  for await (const page of exportActivity(contextFor(boss), everything))
    exported.push(...page.map((row) => row.id))
  expect(exported).toEqual(seen)
})
