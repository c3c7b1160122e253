import { expect, test } from 'vitest'
import type { MailFacts } from '~/domain/notifications/mail'
import { type MailTemplate, mailKind, mailKinds } from '~/domain/notifications/notifications'
import { renderMail } from '~/platform/mail-templates'

const origin = 'https://portal.test'
const templates = Object.keys(mailKinds) as MailTemplate[]

const hostile =
  'Visit https://evil.example/x <a href="//evil.example">free</a> "\'&\r\nBcc: eve@evil.example\n' +
  'long '.repeat(100)

function facts(template: MailTemplate, name = 'Ada'): MailFacts {
  return {
    template,
    text: null,
    portal: { name: 'Acme APIs', accentColor: '#ffee00', origin },
    recipient: { name, state: 'active' },
    event: {
      type: 'user.registered',
      actorLabel: name,
      actorType: 'developer',
      subjectId: 'usr_1',
      appId: 'app_1',
      organizationName: name,
      data: {
        name,
        email: 'ada@people.example',
        app: name,
        products: [name, 'Shipping'],
        plan: name,
        catalog: name,
        requester: name,
        reason: name,
        note: name,
        credential: name,
      },
      createdAt: Date.UTC(2026, 2, 5, 14, 2),
    },
    token: 'T'.repeat(43),
    unsubscribeUrl: mailKind(template)?.choice ? `${origin}/unsubscribe?token=v1.x` : null,
    items: [],
  }
}

function addressesIn(html: string): string[] {
  return [...html.matchAll(/(?:href|src|action|background)="([^"]*)"/g)].map((match) => match[1] ?? '')
}

test.each(templates)(
  '%s has a subject, HTML and text that say the same, and links to the portal alone',
  (template) => {
    const { subject, html, text } = renderMail(facts(template))
    expect(subject).toMatch(/^[A-Z].{5,}/)
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en">/)
    expect(html).toContain('<h1')
    expect(text).toContain('Acme APIs')
    for (const address of addressesIn(html)) expect(new URL(address).origin).toBe(origin)
    const inText = text.match(/https?:\/\/\S+/g) ?? []
    for (const address of inText) expect(new URL(address).origin).toBe(origin)
    expect(new Set(inText)).toEqual(new Set(addressesIn(html)))
    expect(html).not.toMatch(/<script|<img|<link|undefined|\[object/)
    expect(text).not.toMatch(/undefined|\[object|null/)
  },
)

test.each(templates)('%s stays a mail of the portal whatever people are called', (template) => {
  const { subject, html, text } = renderMail(facts(template, hostile))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  expect(subject).not.toMatch(/[\u0000-\u001f\u007f\u2028\u2029]/)
  expect(subject.length).toBeLessThanOrEqual(160)
  for (const address of addressesIn(html)) expect(new URL(address).origin).toBe(origin)
  for (const address of text.match(/https?:\/\/\S+/g) ?? []) expect(new URL(address).origin).toBe(origin)
  expect(html).not.toContain('<a href="//evil.example"')
  expect(html).not.toMatch(/[a-z]\.example\/x|eve@evil/)
  expect(text).not.toMatch(/[a-z]\.example\/x|eve@evil/)
  expect(text).not.toMatch(/^Bcc:/m)
})

test('the button is readable on any accent, and a color that is none is not used', () => {
  const yellow = renderMail(facts('user_activated')).html
  expect(yellow).toMatch(/background:#ffee00;color:#000000/)
  const dark = renderMail({
    ...facts('user_activated'),
    portal: { name: 'P', accentColor: '#220044', origin },
  }).html
  expect(dark).toMatch(/background:#220044;color:#ffffff/)
  const evil = renderMail({
    ...facts('user_activated'),
    portal: { name: 'P', accentColor: 'red;background:url(//evil.example)', origin },
  }).html
  expect(evil).not.toContain('evil')
})

test.each(templates)(
  '%s has the logo on top, at the portal, with its name where pictures are off',
  (template) => {
    const logo = { url: `${origin}/logo/abc.png`, width: 160, height: 40 }
    const mail = facts(template)
    const { html, text } = renderMail({ ...mail, portal: { ...mail.portal, name: '"A" & <b>', logo } })
    const pictures = html.match(/<img[^>]*>/g)
    expect(pictures).toHaveLength(1)
    expect(pictures?.[0]).toMatch(
      /^<img src="https:\/\/portal\.test\/logo\/abc\.png" alt="&quot;A&quot; &amp; &lt;b&gt;" width="160" height="40" style="[^"]*background:#ffffff[^"]*"\/>$/,
    )
    expect(html.indexOf('<img')).toBeLessThan(html.indexOf('<h1'))
    expect(text).toBe(renderMail({ ...mail, portal: { ...mail.portal, name: '"A" & <b>' } }).text)
  },
)

test('a rejection quotes its reason, line by line', () => {
  const mail = facts('access_rejected')
  const { html, text } = renderMail({
    ...mail,
    event: { ...mail.event, data: { ...mail.event.data, reason: 'First line\nSecond <line>' } },
  })
  expect(text).toContain('Reason:\n> First line\n> Second <line>')
  expect(html).toContain('First line\nSecond &lt;line&gt;')
})

test('a mail whose link needs a token is never written without one', () => {
  expect(() => renderMail({ ...facts('password_reset'), token: null })).toThrow('needs a token')
})
