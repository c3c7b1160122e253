import { expect, test, vi } from 'vitest'
import { editMailText } from '~/domain/notifications/edit-mail-text.server'
import { mailTextProblems } from '~/domain/notifications/mail-text'
import {
  defaultText,
  mailGroups,
  mailTexts,
  placeholdersOf,
  readDraft,
} from '~/domain/notifications/mail-texts'
import { mailKinds } from '~/domain/notifications/notifications'
import { getMailText } from '~/domain/notifications/queries-mail-texts.server'
import { resetMailText } from '~/domain/notifications/reset-mail-text.server'
import { emailTemplates } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { deliver, eventOf, eventRow, mailsOf } from '~test/support/notifications'
import * as world from '~test/support/world'

const words = { subject: 'Hello {name}', body: 'Your account at **{portal}** works.' }

async function activated() {
  const user = await world.developer({ row: { firstName: 'Eve', lastName: 'www.evil.example **x**' } })
  const eventId = await eventOf({ type: 'user.activated', subjectType: 'user', subjectId: user.userId })
  await deliver(eventId)
  return (await mailsOf(eventId))[0]
}

test('every kind of mail is in one group, and its default words hold its own placeholders alone', () => {
  const listed = mailGroups.flatMap((group) => group.templates)
  expect([...listed].sort()).toEqual(Object.keys(mailKinds).sort())
  for (const template of listed) {
    expect(mailTextProblems(defaultText(template), placeholdersOf(template)), template).toEqual({})
    const used = `${mailTexts[template].subject} ${mailTexts[template].body}`.match(/\{\w+\}/g) ?? []
    for (const name of used) expect(placeholdersOf(template)).toContain(name.slice(1, -1))
  }
})

test.each([
  ['{who} is new', '{who} is not a placeholder of this mail. It has {portal}, {name}.'],
  ['See [the docs](http://docs.example)', 'has to begin with https://'],
  ['[x](javascript:alert`1`)', 'has to begin with https://'],
  ['[{name}](https://docs.example)', 'cannot hold a placeholder'],
  ['[docs](https://docs.example/{name})', 'cannot hold a placeholder'],
  ['', 'Enter the text.'],
  ['x'.repeat(5001), 'at most 5000 characters'],
])('the text “%s” is refused with words that help', (body, problem) => {
  const draft = readDraft('welcome', { subject: 'Hello', body })
  expect('problems' in draft ? draft.problems.join(' ') : '').toContain(problem.replace('`1`', ''))
})

test('a subject takes no unknown placeholder and no line break', () => {
  expect(readDraft('welcome', { subject: '{app}', body: 'x' })).toMatchObject({
    problems: [expect.stringContaining('{app}')],
  })
  expect(readDraft('welcome', { subject: 'a\r\nBcc: eve@evil.example', body: 'x' })).toHaveProperty(
    'problems',
  )
})

test('changed words are sent, what people are called is neither Markdown nor a link in them, and a reset ends it', async () => {
  const admin = contextFor(await world.admin())
  expect(await editMailText(admin, 'user_activated', { ...words, version: 0 })).toEqual({
    ok: true,
    value: { changed: true },
  })
  const mail = await activated()
  expect(mail?.subject).toBe('Hello Eve www.evil.example **x**')
  expect(mail?.html).toMatch(/Your account at <strong>[^<]+<\/strong> works\./)
  expect(mail?.html).toContain('**x**')
  expect(mail?.html).not.toMatch(/www\.evil\.example|Hello Eve[^,<]*<strong/)
  expect(mail?.text).toMatch(/Your account at .+ works\./)

  const { version } = await getMailText(admin, 'user_activated')
  expect(await resetMailText(admin, 'user_activated', version)).toMatchObject({ ok: true })
  expect((await activated())?.subject).toBe('Your account is activated')

  const told = await Promise.all(admin.announced.map(eventRow))
  expect(told.map(({ type, data }) => ({ type, data }))).toEqual([
    {
      type: 'settings.email_changed',
      data: {
        name: 'Account activated',
        subjectBefore: 'Your account is activated',
        subject: words.subject,
        textBefore: mailTexts.user_activated.body,
        text: words.body,
      },
    },
    { type: 'settings.email_reset', data: expect.objectContaining({ textBefore: words.body }) },
  ])
})

test('words that do not work any more are left aside for the default ones, and that is logged', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  await db
    .insert(emailTemplates)
    .values({ template: 'user_activated', subject: 'Hi', bodyMarkdown: '{gone}', updatedAt: 1 })
  expect((await activated())?.subject).toBe('Your account is activated')
  expect(error.mock.calls.flat().join(' ')).toContain('changed_mail_not_rendered')
})

test('of forty who save at once, each from what all of them read, one does it', async () => {
  const admin = contextFor(await world.admin())
  const { version } = await getMailText(admin, 'welcome')
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      editMailText(admin, 'welcome', { subject: `Try ${n}`, body: 'Text', version }),
    ),
  )
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('conflict')
  const stored = await getMailText(admin, 'welcome')
  const late = await Promise.all([
    resetMailText(admin, 'welcome', version + 5),
    editMailText(admin, 'welcome', { subject: 'Late', body: 'Text', version }),
  ])
  expect(late.map((answer) => answer.ok)).toEqual([false, false])
  expect(await getMailText(admin, 'welcome')).toEqual(stored)
  expect(await editMailText(admin, 'welcome', stored)).toEqual({ ok: true, value: { changed: false } })
  // The default words, typed in, are the default.
  await editMailText(admin, 'welcome', { ...defaultText('welcome'), version: stored.version })
  expect(await getMailText(admin, 'welcome')).toMatchObject({ version: 0 })
})
