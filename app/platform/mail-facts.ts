// What a mail reads from its facts: names as they were typed, times in words, and addresses that begin with the portal's
// configured origin; nothing of a request is known here.
import type { MailFacts } from '~/domain/notifications/mail'
import { paths } from './paths'

export const roleLabels: Record<string, string> = { super_admin: 'Super admin', team_member: 'Team member' }

export function url(mail: MailFacts, path: string): string {
  return `${mail.portal.origin}${path}`
}

export function tokenUrl(mail: MailFacts, path: string): string {
  if (mail.token === null) throw new Error(`The mail ${mail.template} needs a token`)
  return `${url(mail, path)}?token=${mail.token}`
}

export function appUrl(mail: MailFacts): string {
  return url(mail, mail.event.appId ? paths.dashboard.app(mail.event.appId) : paths.dashboard.apps)
}

export function text(mail: MailFacts, key: string): string | null {
  const value = mail.event.data[key]
  return typeof value === 'string' && value !== '' ? value : null
}

export function toUser(mail: MailFacts): { name: string } {
  return { name: mail.recipient?.name || 'there' }
}

export function organizationName(mail: MailFacts): string {
  return text(mail, 'organization') ?? mail.event.organizationName ?? text(mail, 'name') ?? 'the organization'
}

export function inOrganization(mail: MailFacts): { name: string; organization: string } {
  return { ...toUser(mail), organization: organizationName(mail) }
}

export function texts(mail: MailFacts, key: string): string[] {
  const value = mail.event.data[key]
  return Array.isArray(value) ? value : []
}

export function products(mail: MailFacts): string[] {
  return texts(mail, 'products')
}

export function accessOf(mail: MailFacts) {
  return {
    app: text(mail, 'app') ?? 'An app',
    products: products(mail),
    plan: text(mail, 'plan'),
    planBefore: text(mail, 'planBefore'),
    planAskedFor: text(mail, 'planAskedFor'),
    catalog: text(mail, 'catalog'),
  }
}

export function credentialName(mail: MailFacts): string {
  return [text(mail, 'credential') ?? text(mail, 'name'), text(mail, 'hint')].filter(Boolean).join(' ')
}

export function number(mail: MailFacts, key: string): number {
  return Number(mail.event.data[key] ?? 0)
}

export function moment(mail: MailFacts): string {
  return inWords(mail.event.createdAt)
}

/** UTC, since the reader's zone is not known. */
export function inWords(at: number): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(at)} UTC`
}
