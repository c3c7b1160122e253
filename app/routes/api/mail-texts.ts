// The words of mails over the API. There is one text for every kind of mail, so none is made and none deleted.
import { z } from 'zod'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { editMailText } from '~/domain/notifications/edit-mail-text.server'
import { editMailTextInput } from '~/domain/notifications/mail-text'
import { mailTemplates, mailTexts } from '~/domain/notifications/mail-texts'
import { type MailTemplate, mailKinds } from '~/domain/notifications/notifications'
import {
  getMailText,
  listChangedMails,
  type StoredMailText,
} from '~/domain/notifications/queries-mail-texts.server'
import { resetMailText } from '~/domain/notifications/reset-mail-text.server'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { asTyped, given, listOf, timeOrNull, timeSchema } from './lists'

const listedText = z.strictObject({
  template: z.enum(mailTemplates),
  name: z.string(),
  sent_when: z.string(),
  sent_to: z.string(),
  is_default: z.boolean(),
  changed_at: timeSchema.nullable().describe('Null while it is the default.'),
})

const mailText = listedText.extend({
  subject: z.string(),
  body: z.string().describe('Paragraphs, lists, **bold** and links to https, in Markdown.'),
  default_subject: z.string(),
  default_body: z.string(),
  placeholders: z
    .array(z.strictObject({ name: z.string(), stands_for: z.string() }))
    .describe('What may stand in braces, as in `{portal}`.'),
  version: z.int().describe('Send it along to be told when somebody changed the text meanwhile.'),
})
const answer = { name: 'MailText', schema: mailText }

const { subject, body: text } = editMailTextInput.shape
const version = z.int().min(0).optional()
const changes = z.object({ subject: subject.optional(), body: text.unwrap().optional(), version })

const path = '/mail-texts/{template}'
const tag = 'mail-texts'
const read = { tag, scope: 'settings:read' } as const
const write = { tag, scope: 'settings:write' } as const

export const mailTextOperations = [
  operation({
    ...read,
    id: 'listMailTexts',
    method: 'GET',
    path: '/mail-texts',
    summary: 'List every kind of mail, in the order of the settings, on one page',
    answer: { name: 'MailTextList', schema: listOf(listedText) },
    async run(ctx) {
      const changedAt = await listChangedMails(ctx)
      const data = mailTemplates.map((template) => toListed(template, changedAt.get(template) ?? 0))
      return ok({ data, next_cursor: null })
    },
  }),
  operation({
    ...read,
    id: 'getMailText',
    method: 'GET',
    path,
    summary: 'Get the text of a kind of mail, with its default and its placeholders',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.template)),
  }),
  operation({
    ...write,
    id: 'editMailText',
    method: 'PATCH',
    path,
    summary: 'Change the subject or the text of a kind of mail',
    description: 'What is left out stays as it is.',
    body: bodyOf('EditMailText', changes),
    answer,
    errors: ['conflict'],
    async run(ctx, { ids, body }) {
      const now = await getMailText(ctx, ids.template)
      const input = asTyped(editMailTextInput, { ...now, ...given(body) })
      if (!input.ok) return input
      return changed(ctx, ids.template, await editMailText(ctx, ids.template, input.value))
    },
  }),
  operation({
    ...write,
    id: 'resetMailText',
    method: 'POST',
    path: `${path}/reset`,
    summary: 'Give a kind of mail its default words again',
    body: bodyOf('ResetMailText', z.object({ version })),
    answer,
    errors: ['conflict'],
    async run(ctx, { ids, body }) {
      const wanted = body.version ?? (await getMailText(ctx, ids.template)).version
      return changed(ctx, ids.template, await resetMailText(ctx, ids.template, wanted))
    },
  }),
]

async function one(ctx: DomainContext<AdminActor>, template: MailTemplate) {
  return toAnswer(template, await getMailText(ctx, template))
}

async function changed(ctx: DomainContext<AdminActor>, template: MailTemplate, result: Result<unknown>) {
  return result.ok ? ok(await one(ctx, template)) : result
}

function toListed(template: MailTemplate, version: number): z.output<typeof listedText> {
  const { when, to } = mailTexts[template]
  return {
    template,
    name: mailKinds[template].label,
    sent_when: when,
    sent_to: to,
    is_default: version === 0,
    changed_at: timeOrNull(version === 0 ? null : version),
  }
}

function toAnswer(template: MailTemplate, stored: StoredMailText): z.output<typeof mailText> {
  const { subject, body, placeholders } = mailTexts[template]
  return {
    ...toListed(template, stored.version),
    subject: stored.subject,
    body: stored.body,
    default_subject: subject,
    default_body: body,
    placeholders: Object.entries(placeholders).map(([name, stands_for]) => ({ name, stands_for })),
    version: stored.version,
  }
}
