import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { updateGeneralSettingsInput } from '~/domain/settings/general'
import { getSettings } from '~/domain/settings/queries.server'
import { updateGeneralSettings } from '~/domain/settings/update-general-settings.server'
import { events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import * as world from '~test/support/world'

async function current() {
  return updateGeneralSettingsInput.parse({ ...(await getSettings({ db })), notificationAddress: undefined })
}

test('the event names the settings that changed, and saving without a change writes nothing', async () => {
  const ctx = contextFor(await world.admin())
  const input = {
    ...(await current()),
    portalName: 'Meridian',
    autoApproveDevelopers: true,
    notificationAddress: 'ops@portal.example',
  }
  const changed = ['Portal name', 'Auto-approve developers registering to the portal', 'Notification address']
  expect(await updateGeneralSettings(ctx, input)).toEqual({ ok: true, value: { changed } })
  expect(await getSettings({ db })).toMatchObject({
    portalName: 'Meridian',
    autoApproveDevelopers: true,
    notificationAddress: 'ops@portal.example',
  })
  expect(await updateGeneralSettings(ctx, input)).toEqual({ ok: true, value: { changed: [] } })
  const written = await db.select().from(events).where(eq(events.type, 'settings.changed'))
  expect(written.map((event) => event.data)).toEqual([
    {
      changed,
      portalName: 'Meridian',
      portalNameBefore: 'Developer portal',
      autoApproveDevelopers: true,
      autoApproveDevelopersBefore: false,
      notificationAddress: 'ops@portal.example',
      notificationAddressBefore: null,
    },
  ])
  expect(ctx.announced).toEqual([written[0]?.id])
})

test('of forty who save different names at once, each save that is told to have worked has one event', async () => {
  const admin = await world.admin()
  const input = await current()
  const before = (await db.select().from(events).where(eq(events.type, 'settings.changed'))).length
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      updateGeneralSettings(contextFor(admin), { ...input, portalName: `Portal ${n}` }),
    ),
  )
  const won = answers.filter((answer) => answer.ok).length
  expect(won).toBeGreaterThan(0)
  expect(
    answers.filter((answer) => !answer.ok).every((answer) => !answer.ok && answer.error.code === 'conflict'),
  ).toBe(true)
  expect(await db.select().from(events).where(eq(events.type, 'settings.changed'))).toHaveLength(before + won)
})

test.each([
  ['portalName', ''],
  ['visibility', 'secret'],
  ['passwordMinLength', 7],
  ['passwordMinLength', 65],
  ['notificationAddress', 'not an address'],
  ['adminIdleSeconds', 299],
  ['adminIdleSeconds', 86_401],
  ['developerIdleSeconds', 3599],
  ['developerIdleSeconds', 2_592_001],
  ['sessionLifetimeSeconds', 86_399],
  ['sessionLifetimeSeconds', 7_776_001],
])('%s cannot be %j', async (field, value) => {
  expect(updateGeneralSettingsInput.safeParse({ ...(await current()), [field]: value }).success).toBe(false)
})

test('session times and the demand for two-factor are in the event by their names', async () => {
  const ctx = contextFor(await world.admin())
  const input = { ...(await current()), adminIdleSeconds: 600, requireAdminTwoFactor: true }
  expect(await updateGeneralSettings(ctx, input)).toEqual({
    ok: true,
    value: { changed: ['Require two-factor for admins', 'Log admins out after inactivity'] },
  })
})
