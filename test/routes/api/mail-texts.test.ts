// The words of mails over the API: read with their defaults, changed and reset as in the settings.
import { and, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { defaultText, mailGroups, mailTexts } from '~/domain/notifications/mail-texts'
import { emailTemplates, events } from '~db/schema'
import { apiClient } from '~test/support/api'
import { db } from '~test/support/context'

let client: Awaited<ReturnType<typeof apiClient>>
beforeAll(async () => {
  client = await apiClient()
})
beforeEach(async () => {
  await db.delete(emailTemplates)
})

const path = '/mail-texts/welcome'
const told = (type: 'settings.email_changed' | 'settings.email_reset') =>
  db
    .select()
    .from(events)
    .where(and(eq(events.type, type), eq(events.actorId, client.admin.userId)))

test('every kind of mail is listed once, in the order of the settings, and says whether its words were changed', async () => {
  const before = (await client.call('GET', '/mail-texts')).body
  expect(before.next_cursor).toBeNull()
  expect(before.data.map((one: { template: string }) => one.template)).toEqual(
    mailGroups.flatMap(({ templates }) => templates),
  )
  expect(new Set(before.data.map((one: { is_default: boolean }) => one.is_default))).toEqual(new Set([true]))
  const changed = await client.call('PATCH', path, { subject: 'Good day' })
  const after = (await client.call('GET', '/mail-texts')).body
  expect(after.data.filter((one: { is_default: boolean }) => !one.is_default)).toEqual([
    {
      template: 'welcome',
      name: 'Welcome',
      sent_when: mailTexts.welcome.when,
      sent_to: mailTexts.welcome.to,
      is_default: false,
      changed_at: changed.body.changed_at,
    },
  ])
})

test('a text is read with its default and its placeholders, changed field by field, and reset', async () => {
  const standard = defaultText('welcome')
  const read = await client.call('GET', path)
  expect(read.body).toEqual({
    template: 'welcome',
    name: 'Welcome',
    sent_when: mailTexts.welcome.when,
    sent_to: mailTexts.welcome.to,
    is_default: true,
    changed_at: null,
    ...standard,
    default_subject: standard.subject,
    default_body: standard.body,
    placeholders: Object.entries(mailTexts.welcome.placeholders).map(([name, stands_for]) => ({
      name,
      stands_for,
    })),
    version: 0,
  })
  const subject = await client.call('PATCH', path, { subject: 'Hello {name}' })
  expect(subject.body).toMatchObject({ subject: 'Hello {name}', body: standard.body, is_default: false })
  expect(subject.body.default_subject).toBe(standard.subject)
  const both = await client.call('PATCH', path, { body: '**{portal}** is yours.' })
  expect(both.body).toMatchObject({ subject: 'Hello {name}', body: '**{portal}** is yours.' })
  // What is so already is no change, and no event.
  expect((await client.call('PATCH', path, { subject: 'Hello {name}' })).body).toEqual(both.body)
  expect((await client.call('PATCH', path, {})).body).toEqual(both.body)
  expect(await told('settings.email_changed')).toHaveLength(3)
  const reset = await client.call('POST', `${path}/reset`)
  expect(reset.body).toEqual(read.body)
  expect((await client.call('POST', `${path}/reset`)).body).toEqual(read.body)
  expect(await told('settings.email_reset')).toMatchObject([
    { subjectId: 'welcome', data: { apiTokenId: client.tokenId, subject: standard.subject } },
  ])
})

test('who names the words that were read is told when somebody changed them meanwhile', async () => {
  const first = await client.call('PATCH', path, { subject: 'One', version: 0 })
  expect(first.status).toBe(200)
  for (const answer of [
    await client.call('PATCH', path, { subject: 'Two', version: 0 }),
    await client.call('POST', `${path}/reset`, { version: first.body.version - 1 }),
  ])
    expect([answer.status, answer.body.code]).toEqual([409, 'conflict'])
  expect((await client.call('GET', path)).body.subject).toBe('One')
  const reset = await client.call('POST', `${path}/reset`, { version: first.body.version })
  expect(reset.body.is_default).toBe(true)
})

test('a text that the page refuses is refused with its place, and changes nothing', async () => {
  for (const [changes, pointer] of [
    [{ subject: '' }, '/subject'],
    [{ subject: '{app} is here' }, '/subject'],
    [{ subject: 'a\r\nBcc: eve@evil.example' }, '/subject'],
    [{ body: '' }, '/body'],
    [{ body: '  ' }, '/body'],
    [{ body: 'x'.repeat(5001) }, '/body'],
    [{ body: '[docs](http://docs.example)' }, '/body'],
    [{ version: -1 }, '/version'],
    [{ template: 'other' }, '/template'],
  ] as const) {
    const answer = await client.call('PATCH', path, changes)
    expect([answer.status, answer.body.errors?.[0]?.pointer], JSON.stringify(changes)).toEqual([422, pointer])
  }
  for (const other of ['Welcome', 'constructor', 'usr_01UNKNOWN', '%00'])
    expect((await client.call('PATCH', `/mail-texts/${other}`, { subject: 'x' })).status, other).toBe(404)
  expect(await db.select().from(emailTemplates)).toEqual([])
})
