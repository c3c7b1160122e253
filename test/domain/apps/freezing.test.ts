import { and, eq, inArray } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { freezeApp } from '~/domain/apps/freeze-app.server'
import { listApps } from '~/domain/apps/queries.server'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { unfreezeApp } from '~/domain/apps/unfreeze-app.server'
import type { EventId, Id, OrganizationId } from '~/domain/kernel/ids'
import { deleteOrganization } from '~/domain/organizations/delete-organization.server'
import { freezeOrganization } from '~/domain/organizations/freeze-organization.server'
import { leaveOrganization } from '~/domain/organizations/leave-organization.server'
import { moveDeveloper } from '~/domain/organizations/move-developer.server'
import { suspendOrganization } from '~/domain/organizations/suspend-organization.server'
import { unfreezeOrganization } from '~/domain/organizations/unfreeze-organization.server'
import { apps, events, organizations } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { credential } from '~test/support/credentials'
import { deliver, mailsOf } from '~test/support/notifications'
import { askWorker, origin } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 60_000 })

async function answer(it: { base: string; key: string }): Promise<string> {
  const response = await askWorker(`${origin}${it.base}/things`, {
    headers: { authorization: `Bearer ${it.key}` },
  })
  const text = await response.text()
  return response.ok ? 'passes' : `${response.status} ${(JSON.parse(text) as { code: string }).code}`
}

const reason = { reason: '' }

const changesOf = (subjectId: string) =>
  db
    .select()
    .from(events)
    .where(
      and(
        eq(events.subjectId, subjectId),
        inArray(events.type, ['app.frozen', 'app.unfrozen', 'organization.frozen', 'organization.unfrozen']),
      ),
    )

/** A key of a super admin's own. */
async function ownKey() {
  const owner = await world.superAdmin()
  return { ...(await credential({ owner })), owner }
}

async function appRow(appId: Id<'app'>) {
  const [row] = await db.select().from(apps).where(eq(apps.id, appId))
  return row
}

async function toldOf(eventId: EventId | undefined) {
  await deliver(eventId ?? 'evt_none')
  return (await mailsOf(eventId ?? 'evt_none')).map((mail) => `${mail.recipient}: ${mail.subject}`)
}

async function organizationName(id: OrganizationId) {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, id))
  return row?.name ?? ''
}

test('the keys of a frozen app are refused from the next call on, and work again with the same limits', async () => {
  const it = await credential({ terms: { quotaLimit: 2, quotaPeriod: 'day' } })
  const other = await credential({ owner: it.owner })
  const ctx = contextFor(it.owner)
  expect(await answer(it)).toBe('passes')
  expect(await freezeApp(ctx, it.appId, { reason: 'Leaked' })).toMatchObject({ ok: true })
  expect(await answer(it)).toBe('403 app_frozen')
  expect(await answer(other)).toBe('passes')
  expect(await unfreezeApp(ctx, it.appId)).toMatchObject({ ok: true })
  // Refused calls cost nothing: of two calls one is left.
  expect([await answer(it), await answer(it)]).toEqual(['passes', '429 quota_exceeded'])
  expect((await changesOf(it.appId)).map(({ type, data }) => [type, data['reason'] ?? null])).toEqual([
    ['app.frozen', 'Leaked'],
    ['app.unfrozen', null],
  ])
})

test('the editors of an app, super admins and admins freeze and unfreeze it; others find no such app', async () => {
  const it = await credential()
  const mate = await world.developer({ organizationId: it.organizationId })
  for (const actor of [mate, it.owner, await world.admin()]) {
    expect(await freezeApp(contextFor(actor), it.appId, reason)).toMatchObject({ ok: true })
    expect(await unfreezeApp(contextFor(actor), it.appId)).toMatchObject({ ok: true })
  }
  const personal = await world.app(it.owner, { visibility: 'personal' })
  for (const [actor, appId] of [
    [await world.superAdmin(), it.appId],
    [mate, personal.id],
  ] as const) {
    expect(await freezeApp(contextFor(actor), appId, reason)).toMatchObject({ error: { code: 'not_found' } })
    expect(await unfreezeApp(contextFor(actor), appId)).toMatchObject({ error: { code: 'not_found' } })
    expect((await appRow(appId))?.frozenAt).toBeNull()
  }
})

test('what an admin froze only admins unfreeze, also when developers had frozen it before', async () => {
  const it = await credential()
  const [owner, admin] = [contextFor(it.owner), contextFor(await world.admin())]
  expect(await freezeApp(owner, it.appId, reason)).toMatchObject({ ok: true })
  expect(await freezeApp(admin, it.appId, { reason: 'Abuse' })).toMatchObject({ ok: true })
  expect(await freezeApp(admin, it.appId, reason)).toMatchObject({ error: { code: 'already_decided' } })
  expect(await unfreezeApp(owner, it.appId)).toMatchObject({ error: { code: 'not_allowed' } })
  expect(await answer(it)).toBe('403 app_frozen')
  expect(await unfreezeApp(admin, it.appId)).toMatchObject({ ok: true })
  expect(await unfreezeApp(admin, it.appId)).toMatchObject({ error: { code: 'already_decided' } })
  expect(await appRow(it.appId)).toMatchObject({ frozenAt: null, frozenBy: null })
})

test('the owner is told when somebody else froze or unfroze the app, and not of their own click', async () => {
  const it = await credential()
  const who = await world.admin()
  // Not within one millisecond: mails about one thing keep their order.
  const [admin, later] = [contextFor(who), contextFor(who, Date.now() + 5)]
  const app = await appRow(it.appId)
  await freezeApp(admin, it.appId, { reason: 'Too many calls' })
  await unfreezeApp(later, it.appId)
  const [frozen, unfrozen] = [admin.announced[0], later.announced[0]]
  expect(await toldOf(frozen)).toEqual([`${it.owner.email}: The app ${app?.name} was frozen`])
  expect((await mailsOf(frozen ?? 'evt_none'))[0]?.text).toContain('Too many calls')
  expect(await toldOf(unfrozen)).toEqual([`${it.owner.email}: The app ${app?.name} is unfrozen`])
  const own = contextFor(it.owner)
  await freezeApp(own, it.appId, reason)
  expect(await toldOf(own.announced[0])).toEqual([])
})

test('one switch stops all apps of an organization and lets them go on; what is frozen by itself stays so', async () => {
  const owner = await world.superAdmin()
  const [first, second] = [await credential({ owner }), await credential({ owner })]
  const elsewhere = await credential()
  const ctx = contextFor(owner)
  await freezeApp(ctx, second.appId, reason)
  expect(await freezeOrganization(ctx)).toMatchObject({ ok: true })
  expect(await Promise.all([first, second, elsewhere].map(answer))).toEqual([
    '403 app_frozen',
    '403 app_frozen',
    'passes',
  ])
  const page = await getAppPage(ctx, first.appId)
  expect(page.app).toMatchObject({ frozenAt: null, organizationFrozenAt: ctx.now })
  const list = await listApps(ctx, { cursor: null, direction: 'next', size: 10 })
  expect(list.rows.every((row) => row.frozenAt !== null)).toBe(true)
  expect(await unfreezeOrganization(ctx)).toMatchObject({ ok: true })
  expect(await Promise.all([first, second].map(answer))).toEqual(['passes', '403 app_frozen'])
})

test('the owners of the apps are told of the switch, each once, but not who pressed it', async () => {
  const boss = await world.superAdmin()
  const mate = await world.developer({ organizationId: boss.organizationId })
  const without = await world.developer({ organizationId: boss.organizationId })
  for (const owner of [boss, mate, mate]) await world.app(owner)
  const [ctx, later] = [contextFor(boss), contextFor(boss, Date.now() + 5)]
  await freezeOrganization(ctx)
  await unfreezeOrganization(later)
  const name = await organizationName(boss.organizationId)
  expect(await toldOf(ctx.announced[0])).toEqual([`${mate.email}: The apps of ${name} were frozen`])
  expect(await toldOf(later.announced[0])).toEqual([`${mate.email}: The apps of ${name} are unfrozen`])
  expect(without.email).not.toBe(mate.email)
})

test('a super admin who was demoted meanwhile, or whose organization is suspended, does not reach the switch', async () => {
  const boss = await world.superAdmin()
  const demoted = await world.developer({ organizationId: boss.organizationId })
  const stale = contextFor({ ...demoted, orgRole: 'super_admin' as const })
  expect(await freezeOrganization(stale)).toMatchObject({ error: { code: 'not_allowed' } })
  await suspendOrganization(contextFor(await world.admin()), boss.organizationId, reason)
  expect(await freezeOrganization(contextFor(boss))).toMatchObject({ error: { code: 'not_allowed' } })
  expect(await changesOf(boss.organizationId)).toEqual([])
})

test('of forty who freeze and unfreeze at once, each change is made once, with one event', async () => {
  const it = await ownKey()
  const boss = contextFor(it.owner)
  const admin = contextFor(await world.admin())
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      const ctx = n % 8 < 4 ? boss : admin
      if (n % 4 === 0) return { subject: it.appId, ...(await freezeApp(ctx, it.appId, reason)) }
      if (n % 4 === 1) return { subject: it.appId, ...(await unfreezeApp(ctx, it.appId)) }
      if (n % 4 === 2) return { subject: it.organizationId, ...(await freezeOrganization(boss)) }
      return { subject: it.organizationId, ...(await unfreezeOrganization(boss)) }
    }),
  )
  for (const subject of [it.appId, it.organizationId]) {
    const won = answers.filter((one) => one.subject === subject && one.ok).length
    expect(won).toBeGreaterThan(0)
    expect(await changesOf(subject)).toHaveLength(won)
  }
})

test('of forty who freeze a running app at once one does, and the same for its organization', async () => {
  const it = await ownKey()
  const ctx = contextFor(it.owner)
  for (const [freeze, unfreeze, subject] of [
    [() => freezeApp(ctx, it.appId, reason), () => unfreezeApp(ctx, it.appId), it.appId],
    [() => freezeOrganization(ctx), () => unfreezeOrganization(ctx), it.organizationId],
  ] as const) {
    for (const act of [freeze, unfreeze]) {
      const answers = await Promise.all(Array.from({ length: 40 }, async () => (await act()).ok))
      expect(answers.filter(Boolean)).toHaveLength(1)
    }
    expect((await changesOf(subject)).map((event) => event.type.split('.')[1]).sort()).toEqual([
      'frozen',
      'unfrozen',
    ])
  }
})

test('keys do not come free by leaving what froze them: by moving, leaving, or the end of the organization', async () => {
  const admin = contextFor(await world.admin())
  const moved = await ownKey()
  await world.superAdmin({ organizationId: moved.organizationId })
  const target = await world.organization()
  await freezeOrganization(contextFor(moved.owner))
  expect(
    await moveDeveloper(admin, moved.owner.userId, {
      organizationId: target.id,
      orgRole: 'team_member',
      apps: 'organization',
    }),
  ).toMatchObject({ ok: true })
  expect(await answer(moved)).toBe('403 app_frozen')
  expect(await appRow(moved.appId)).toMatchObject({ organizationId: target.id, frozenBy: 'developer' })

  const left = await ownKey()
  await suspendOrganization(admin, left.organizationId, reason)
  expect(await leaveOrganization(contextFor(left.owner))).toMatchObject({ ok: true })
  expect(await answer(left)).toBe('403 app_frozen')
  expect(await appRow(left.appId)).toMatchObject({ organizationId: 'org_default', frozenBy: 'admin' })

  const ended = await ownKey()
  await freezeOrganization(contextFor(ended.owner))
  const name = await organizationName(ended.organizationId)
  expect(await deleteOrganization(admin, ended.organizationId, { confirmation: name })).toMatchObject({
    ok: true,
  })
  expect(await answer(ended)).toBe('403 app_frozen')
  const again = contextFor({
    ...ended.owner,
    organizationId: 'org_default' as const,
    orgRole: 'team_member' as const,
    inDefaultOrganization: true,
  })
  expect(await unfreezeApp(again, ended.appId)).toMatchObject({ ok: true })
  expect(await answer(ended)).toBe('passes')
})
