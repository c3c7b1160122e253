// Every kind of mail with its default words, in the groups in which the settings list them.
import { editMailTextInput, type MailText, mailTextProblems } from './mail-text'
import type { MailTextInfo } from './mail-text-info'
import { accessTexts, appTexts, organizationTexts, webhookTexts } from './mail-texts-access'
import { accountTexts } from './mail-texts-accounts'
import type { MailTemplate } from './notifications'

export const mailTexts: Record<MailTemplate, MailTextInfo> = {
  ...accountTexts,
  ...organizationTexts,
  ...accessTexts,
  ...appTexts,
  ...webhookTexts,
}

export const mailTemplates: readonly MailTemplate[] = keysOf(mailTexts)

export const mailGroups: readonly { title: string; templates: readonly MailTemplate[] }[] = [
  { title: 'Accounts', templates: keysOf(accountTexts) },
  { title: 'Organizations', templates: keysOf(organizationTexts) },
  { title: 'Access and credentials', templates: keysOf(accessTexts) },
  { title: 'Apps', templates: keysOf(appTexts) },
  { title: 'Webhooks', templates: keysOf(webhookTexts) },
]

function keysOf<T extends object>(texts: T): (keyof T)[] {
  return Object.keys(texts) as (keyof T)[]
}

export function defaultText(template: MailTemplate): MailText {
  const { subject, body } = mailTexts[template]
  return { subject, body }
}

export function mailTemplateOf(value: string | undefined): MailTemplate | null {
  return value !== undefined && Object.hasOwn(mailTexts, value) ? (value as MailTemplate) : null
}

/** What the headline inside the mail is made of: a changed subject is also its headline. */
export function headingOf(template: MailTemplate, text: MailText): string {
  const { subject, heading } = mailTexts[template]
  return text.subject === subject ? (heading ?? subject) : text.subject
}

export function placeholdersOf(template: MailTemplate): string[] {
  return Object.keys(mailTexts[template].placeholders)
}

/** What somebody is typing, or why it cannot be shown yet. */
export function readDraft(
  template: MailTemplate,
  draft: unknown,
): { text: MailText } | { problems: string[] } {
  const read = editMailTextInput.omit({ version: true }).safeParse(draft)
  if (!read.success) return { problems: read.error.issues.map((issue) => issue.message) }
  const { subject = [], body = [] } = mailTextProblems(read.data, placeholdersOf(template))
  const problems = [...subject, ...body]
  return problems.length > 0 ? { problems } : { text: read.data }
}
