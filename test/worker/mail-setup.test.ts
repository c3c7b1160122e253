import { expect, test } from 'vitest'
import { type MailConfiguration, mailSetupOf } from '~/platform/mail-setup'

const good = {
  PORTICO_ENV: 'production',
  PORTAL_ORIGIN: 'https://portal.acme.test',
  MAIL_TRANSPORT: 'mailchannels',
  MAIL_FROM: 'portal@acme.test',
  MAILCHANNELS_API_KEY: 'key-canary',
  SMTP_URL: '',
} as MailConfiguration

const smtp = (SMTP_URL: string): Partial<MailConfiguration> => ({ MAIL_TRANSPORT: 'smtp', SMTP_URL })

test.each<[string, Partial<MailConfiguration>]>([
  ['MailChannels with its key', {}],
  ['Cloudflare with its binding', { MAIL_TRANSPORT: 'cloudflare', EMAIL: {} }],
  ['a mail server with TLS', smtp('smtps://u:p-canary@mail.acme.test')],
  [
    'the outbox of the demo',
    { MAIL_TRANSPORT: 'outbox', PORTICO_ENV: 'demo', PORTAL_ORIGIN: 'http://localhost' },
  ],
])('nothing is wrong with %s', (_name, changes) => {
  const setup = mailSetupOf({ ...good, ...changes })
  expect(setup.problems).toEqual([])
  expect(JSON.stringify(setup)).not.toContain('canary')
})

test.each<[string, Partial<MailConfiguration>, string]>([
  ['no key', { MAILCHANNELS_API_KEY: '' }, 'MAILCHANNELS_API_KEY is not set'],
  ['no binding', { MAIL_TRANSPORT: 'cloudflare' }, 'binding named EMAIL'],
  ['no address of a server', smtp(''), 'SMTP_URL is not set'],
  ['a server without TLS', smtp('smtp://u:p@mail.acme.test'), 'is not an address like smtps://'],
  ['broken percent-encoding', smtp('smtps://u:%zz@mail.acme.test'), 'percent-encoded'],
  ['the closed port', smtp('smtps://u:p@mail.acme.test:25'), 'port 25'],
  ['nobody to log in as', smtp('smtps://mail.acme.test'), 'no user and password'],
  ['the outbox in a deployment', { MAIL_TRANSPORT: 'outbox' }, 'nobody gets a mail'],
  ['no transport', { MAIL_TRANSPORT: '' }, 'names no transport'],
  ['a transport that is not known', { MAIL_TRANSPORT: 'pigeon' }, 'names no transport'],
  ['no sender', { MAIL_FROM: '' }, 'MAIL_FROM is not set'],
  ['a sender with a name', { MAIL_FROM: 'Acme <portal@acme.test>' }, 'the address alone'],
  ['the sender of the example', { MAIL_FROM: 'portal@example.com' }, 'still the example'],
  ['links to this machine', { PORTAL_ORIGIN: 'http://localhost:8787' }, 'lead nowhere'],
])('%s is said in plain words', (_name, changes, problem) => {
  const { problems } = mailSetupOf({ ...good, ...changes })
  expect(problems).toEqual([expect.stringContaining(problem)])
})
