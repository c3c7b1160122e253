import { expect, test } from 'vitest'
import { type EventType, eventTypes } from '~/domain/kernel/events'
import { describeEvent } from '~/domain/notifications/describe-event'
import { eventOf } from '~test/support/notifications'
import { signedIn } from '~test/support/portal'
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
