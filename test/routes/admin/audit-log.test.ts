import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { editCatalog } from '~/domain/catalog/edit-catalog.server'
import { editPlan } from '~/domain/catalog/edit-plan.server'
import { type EventType, eventTypes, type NewEvent } from '~/domain/kernel/events'
import { newId } from '~/domain/kernel/ids'
import { describeEvent } from '~/domain/notifications/describe-event'
import { changesOf } from '~/domain/notifications/event-changes'
import { getSettings } from '~/domain/settings/queries.server'
import { updateGeneralSettings } from '~/domain/settings/update-general-settings.server'
import { deliveries, events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { deliver, eventOf } from '~test/support/notifications'
import { signedIn } from '~test/support/portal'
import { webhook } from '~test/support/webhooks'
import * as world from '~test/support/world'

test('the audit log says who did what, when and from where, and links to it', async () => {
  const person = await world.admin()
  const admin = await signedIn(person)
  const user = await world.developer()
  await eventOf(
    {
      type: 'user.activated',
      subjectType: 'user',
      subjectId: user.userId,
      data: { name: 'Pat Marsh', email: user.email },
    },
    person,
  )
  const { status, html, response } = await admin.get('/admin/audit-log')
  expect(status).toBe(200)
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect(html).toContain(`activated Pat Marsh (${user.email})`)
  expect(html).toContain(person.name)
  expect(html).toContain('203.0.113.7 · NL')
  expect(html).toContain(`href="/admin/users/${user.userId}"`)
})

test('it is filtered by type, by actor and by words, alone and together', async () => {
  const [ada, bob] = [await world.admin(), await world.admin()]
  const admin = await signedIn(ada)
  const event = (type: EventType, name: string) =>
    ({ type, subjectType: 'team', subjectId: 'team_1', data: { name } }) as const
  await eventOf(event('team.created', 'Red 100%_team'), ada)
  await eventOf(event('team.created', 'Blue'), bob)
  await eventOf(event('plan.created', 'Green'), bob)
  const page = async (query: string) => (await admin.get(`/admin/audit-log?${query}`)).html
  const byType = await page('type=team.created')
  expect(byType).toContain('Blue')
  expect(byType).not.toContain('“Green”')
  const byActor = await page(`actor=${bob.userId}`)
  expect(byActor).toContain('“Green”')
  expect(byActor).not.toContain('Red 100%_team')
  const byWord = await page('q=100%25_TEAM')
  expect(byWord).toContain('Red 100%_team')
  expect(byWord).not.toContain('“Blue”')
  expect(await page(`type=plan.created&actor=${ada.userId}`)).toContain('Nothing found')
})

test.each([
  'type=nonsense',
  'actor=%27%22%3E%3Cscript%3E',
  `q=${'x'.repeat(3000)}`,
  'after=garbage',
  'after=&before=%00',
  'q=%25%27%22%5C',
])('an address such as ?%s does no harm', async (query) => {
  const { status, html } = await (await signedIn(await world.admin())).get(`/admin/audit-log?${query}`)
  expect(status).toBe(200)
  expect(html).not.toContain('"><script>')
})

test('it goes on over pages, forth and back, keeping the filter', async () => {
  const person = await world.admin()
  const admin = await signedIn(person)
  for (let count = 0; count < 60; count += 1) {
    await eventOf(
      { type: 'guide.created', subjectType: 'guide', subjectId: 'gde_1', data: { name: `Guide ${count}.` } },
      person,
    )
  }
  const first = await admin.get('/admin/audit-log?type=guide.created')
  expect(first.html).toContain('Guide 59.')
  const next = /href="([^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(next).toContain('type=guide.created')
  const second = await admin.get(next)
  expect(second.html).toContain('Guide 0.')
  expect(second.html).not.toContain('Guide 59.')
  const back = /href="([^"]*before=[^"]*)"/.exec(second.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect((await admin.get(back)).html).toContain('Guide 59.')
})

test('it is for admins', async () => {
  expect((await (await signedIn(await world.superAdmin())).get('/admin/audit-log')).status).toBe(404)
})

test('it is filtered by subject, organization, area and days, alone and together', async () => {
  const admin = await signedIn(await world.admin())
  const organization = await world.organization({ name: 'Lighthouse Ltd' })
  const name = (at: number) => `Filtered ${at}.`
  const made = (at: number, changes: Partial<NewEvent>, time = Date.now()) =>
    eventOf(
      {
        type: 'catalog.created',
        subjectType: 'catalog',
        subjectId: 'cat_1',
        data: { name: name(at) },
        ...changes,
      },
      undefined,
      time,
    )
  await made(1, { subjectId: 'cat_77' })
  await made(2, { organizationId: organization.id })
  await made(3, { type: 'catalog.deleted' })
  await made(4, {}, Date.UTC(2026, 1, 3, 23, 30))
  const found = async (query: string) => {
    const { html } = await admin.get(`/admin/audit-log?${query}`)
    return [1, 2, 3, 4].filter((at) => html.includes(name(at)))
  }
  expect(await found('subject=cat_77')).toEqual([1])
  expect(await found(`organization=${organization.id}`)).toEqual([2])
  expect(await found('type=catalog')).toEqual([1, 2, 3, 4])
  expect(await found('type=catalog.deleted')).toEqual([3])
  expect(await found('from=2026-02-03&to=2026-02-03')).toEqual([4])
  expect(await found('from=2026-02-03&to=2026-02-03&zone=%2B01:00')).toEqual([])
  expect(await found('from=2026-02-04&to=2026-02-04&zone=%2B01:00')).toEqual([4])
  expect(await found('type=catalog&to=2026-02-04&q=filtered+4')).toEqual([4])
  expect((await admin.get(`/admin/audit-log?organization=${organization.id}`)).html).toContain(
    'In Lighthouse Ltd',
  )
})

test('every filter is answered by an index, in its order', async () => {
  for (const [filter, index] of [
    ['1', 'events_created'],
    [`type = 'a'`, 'events_type'],
    [`area = 'a'`, 'events_area'],
    [`actor_id = 'a'`, 'events_actor'],
    [`subject_id = 'a'`, 'events_subject'],
    [`organization_id = 'a'`, 'events_organization'],
  ]) {
    const plan = await env.DB.prepare(
      `explain query plan select * from events left join event_seals s on s.event_id = events.id
        where ${filter} and created_at >= 5 and created_at < 9 and (created_at, id) < (7, 'x')
        order by created_at desc, id desc limit 51`,
    ).all<{ detail: string }>()
    const steps = plan.results.map((row) => row.detail).join()
    expect(steps).toContain(`USING INDEX ${index}`)
    expect(steps).not.toContain('TEMP B-TREE')
  }
})

test('the page of an event tells what changed from what to what, who, from where, and who was told', async () => {
  const person = await world.admin()
  const admin = await signedIn(person)
  await world.setSettings({ visibility: 'public' })
  const before = await getSettings(contextFor(person))
  const result = await updateGeneralSettings(contextFor(person), { ...before, visibility: 'private' })
  expect(result.ok).toBe(true)
  await world.setSettings({ visibility: 'public' })
  const [event] = await db.select().from(events).where(eq(events.actorId, person.userId))
  const { html, response } = await admin.get(`/admin/audit-log/${event?.id}`)
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  for (const text of [
    'Portal visibility',
    'public',
    'private',
    '203.0.113.7 · NL',
    event?.requestId,
    person.name,
  ])
    expect(html).toContain(text)

  const user = await world.developer()
  const told = await eventOf({ type: 'user.activated', subjectType: 'user', subjectId: user.userId })
  await deliver(told)
  const hook = await webhook({ description: 'Books of the night' })
  await db.insert(deliveries).values({
    id: newId('dlv', Date.now()),
    eventId: told,
    channel: 'webhook',
    recipientKey: hook.id,
    template: 'user.activated',
    state: 'sent',
    nextAttemptAt: 0,
    createdAt: Date.now(),
  })
  const page = (await admin.get(`/admin/audit-log/${told}`)).html
  expect(page).toContain(user.email)
  expect(page).toContain('Books of the night')
  expect(page).toContain(`subject=${user.userId}`)
  expect((await admin.get('/admin/audit-log/evt_nothing')).status).toBe(404)
})

test('what a command changed is kept with what it was, read at the moment of the change', async () => {
  const ctx = contextFor(await world.admin())
  const catalog = await world.catalog('public')
  const plan = await world.plan([catalog.id], { rateLimit: 5, ratePeriodSeconds: 60 })
  await editCatalog(ctx, catalog.id, { name: `New ${catalog.id}`, slug: 'new-slug', visibility: 'private' })
  await editPlan(ctx, plan.id, {
    name: plan.name,
    description: '',
    rateLimit: null,
    ratePeriodSeconds: null,
    quotaLimit: 100,
    quotaPeriod: 'day',
    keyLifetimeDays: null,
    approval: 'manual',
    catalogIds: [catalog.id],
  })
  const changes = async (subjectId: string) => {
    const rows = await db.select().from(events).where(eq(events.subjectId, subjectId))
    return changesOf(rows.at(-1)?.data ?? {}).changes
  }
  expect(await changes(catalog.id)).toContainEqual({ field: 'Visibility', from: 'public', to: 'private' })
  expect(await changes(plan.id)).toEqual(
    expect.arrayContaining([
      { field: 'Rate limit', from: '5', to: 'none' },
      { field: 'Quota limit', from: 'none', to: '100' },
    ]),
  )
  expect((await changes(plan.id)).map(({ field }) => field)).not.toContain('Name')
})

test('the filtered log is taken home as CSV, safe for spreadsheets, and as JSON lines', async () => {
  const person = await world.admin()
  const admin = await signedIn(person)
  for (let at = 0; at < 3; at += 1)
    await eventOf(
      { type: 'guide.created', subjectType: 'guide', subjectId: 'gde_9', data: { name: `=cmd|${at}` } },
      { ...person, name: '=HYPERLINK("x")' },
    )
  await eventOf({ type: 'guide.deleted', subjectType: 'guide', subjectId: 'gde_9', data: {} }, person)
  const query = `subject=gde_9&type=guide.created&actor=${person.userId}`
  const csv = await admin.request(`/admin/audit-log/export?${query}`)
  expect(csv.headers.get('content-disposition')).toContain('audit-log.csv')
  const lines = (await csv.text()).trim().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`)
  const jsonl = await (await admin.request(`/admin/audit-log/export?${query}&format=jsonl`)).text()
  const events = jsonl
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events.map((event) => event.data.name).sort()).toEqual(['=cmd|0', '=cmd|1', '=cmd|2'])
})

test.each(eventTypes)('%s reads as a sentence, with and without its names', (type) => {
  const data = {
    name: 'Ada',
    email: 'ada@people.example',
    app: 'Storefront',
    products: ['Payments'],
    plan: 'Pro',
    credential: 'Key',
    hint: '…abcd',
    reason: 'Because',
  }
  for (const sentence of [describeEvent({ type, data }), describeEvent({ type, data: {} })]) {
    expect(sentence).toMatch(/^[a-z].*[^ ]$/)
    expect(sentence).not.toMatch(/undefined|null|\[object| {2}/)
  }
})

test('an event of a type that this version does not know still reads', () => {
  expect(describeEvent({ type: 'moon.landed' as EventType, data: {} })).toBe('moon landed')
})
