import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { MailMessage } from '~/domain/notifications/mail'
import { addressHeader, encodedHeader } from '~/platform/mail-headers'
import { mailTools } from '~/platform/mailer'
import { outcomeOf } from '~/platform/mailer-mailchannels'
import { outcomeOf as smtpOutcomeOf, smtpServerOf } from '~/platform/mailer-smtp'

const throughMailChannels = {
  ...env,
  MAIL_TRANSPORT: 'mailchannels',
  MAILCHANNELS_API_KEY: 'mailchannels-key-canary',
}

function message(changes: Partial<MailMessage> = {}): MailMessage {
  const deliveryId = `dlv_${crypto.randomUUID().slice(0, 8)}` as const
  return {
    deliveryId,
    to: 'ada@people.example',
    fromName: 'Portal',
    subject: 'Hello',
    html: '<p>Hello</p>',
    text: 'Hello',
    ...changes,
  }
}

function send(changes: Partial<MailMessage> = {}) {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  return mailTools(throughMailChannels).send(message(changes))
}

test('a mail that MailChannels accepts is sent, even when its answer is empty or broken', async () => {
  expect(await send()).toEqual({ outcome: 'ok' })
  expect(await send({ to: 'lost.x@people.example' })).toEqual({ outcome: 'ok' })
  expect(await send({ to: 'odd.x@people.example' })).toEqual({ outcome: 'ok' })
})

test('MailChannels gets the request that it documents, and is told to rewrite no link', async () => {
  const sent = message()
  expect(await mailTools(throughMailChannels).send(sent)).toEqual({ outcome: 'ok' })
  const mails = await (await fetch(`https://api.mailchannels.net/accepted/${sent.deliveryId}`)).json()
  expect(mails).toEqual([
    {
      personalizations: [{ to: [{ email: sent.to }] }],
      from: { email: env.MAIL_FROM, name: 'Portal' },
      subject: 'Hello',
      content: [
        { type: 'text/plain', value: 'Hello' },
        { type: 'text/html', value: '<p>Hello</p>' },
      ],
      headers: { 'X-Portico-Delivery': sent.deliveryId },
      tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
    },
  ])
})

test.each([408, 429, 500, 502, 503])('an answer %i may pass later', async (status) => {
  expect(await send({ to: `status-${status}.x@people.example` })).toEqual({
    outcome: 'retryable',
    reason: `MailChannels answered ${status}.`,
  })
})

test.each([400, 401, 403, 413])('an answer %i is for good', async (status) => {
  expect(await send({ to: `status-${status}.x@people.example` })).toEqual({
    outcome: 'permanent',
    reason: `MailChannels answered ${status}.`,
  })
})

test('a provider that does not answer is given up after ten seconds, and may answer later', async () => {
  const started = Date.now()
  expect((await send({ to: 'hang.x@people.example' })).outcome).toBe('retryable')
  expect(Date.now() - started).toBeLessThan(12_000)
}, 15_000)

test('no answer at all may pass later', () => {
  expect(outcomeOf(null).outcome).toBe('retryable')
})

test('a recipient whom the provider refuses is told apart, without its address', async () => {
  expect(await send({ to: 'refused.x@people.example' })).toEqual({
    outcome: 'permanent',
    reason: 'MailChannels refused the recipient.',
  })
})

test.each([
  ['recipient', { to: 'ada@people.example\r\nBcc: eve@evil.example' }],
  ['second recipient', { to: 'ada@people.example,eve@evil.example' }],
  ['subject', { subject: 'Hello\r\nBcc: eve@evil.example' }],
  ['sender name', { fromName: 'Portal\nX-Evil: 1' }],
  ['empty recipient', { to: '' }],
] as const)('a header that would begin another one is refused: %s', async (_name, changes) => {
  expect((await mailTools(env).send(message(changes))).outcome).toBe('permanent')
  expect((await send(changes)).outcome).toBe('permanent')
})

test('what is logged of a refusal holds neither address nor key', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await mailTools(throughMailChannels).send(message({ to: 'status-500.canary@people.example' }))
  const logged = warn.mock.calls.flat().join('\n')
  expect(logged).toContain('mail_not_accepted')
  expect(logged).not.toMatch(/canary|people\.example/)
})

test('a transport that is not known, or has no key, says so', async () => {
  expect(await mailTools({ ...env, MAIL_TRANSPORT: 'pigeon' }).send(message())).toMatchObject({
    outcome: 'permanent',
  })
  expect(await mailTools({ ...throughMailChannels, MAILCHANNELS_API_KEY: '' }).send(message())).toMatchObject(
    { outcome: 'permanent' },
  )
})

test('Cloudflare gets the mail as its binding takes it; its codes decide whether it may pass later', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const taken: unknown[] = []
  const through = (answer: () => Promise<unknown>) => ({
    ...env,
    MAIL_TRANSPORT: 'cloudflare',
    EMAIL: {
      send: (one: unknown) => {
        taken.push(one)
        return answer()
      },
    },
  })
  const sent = message()
  expect(await mailTools(through(async () => ({ messageId: '1' }))).send(sent)).toEqual({ outcome: 'ok' })
  expect(taken).toEqual([
    {
      to: sent.to,
      from: { email: env.MAIL_FROM, name: 'Portal' },
      subject: 'Hello',
      html: '<p>Hello</p>',
      text: 'Hello',
      headers: { 'X-Portico-Delivery': sent.deliveryId },
    },
  ])
  const refused = async (code?: string) =>
    mailTools(
      through(async () => {
        throw Object.assign(new Error('ada@people.example is not liked'), { code })
      }),
    ).send(message())
  expect(await refused('E_RECIPIENT_SUPPRESSED')).toEqual({
    outcome: 'permanent',
    reason: 'Cloudflare answered E_RECIPIENT_SUPPRESSED.',
  })
  for (const code of ['E_RATE_LIMIT_EXCEEDED', 'E_DAILY_LIMIT_EXCEEDED', 'E_SOMETHING_NEW'])
    expect(await refused(code)).toEqual({ outcome: 'retryable', reason: `Cloudflare answered ${code}.` })
  for (const code of [undefined, 'ada@people.example'])
    expect(await refused(code)).toEqual({
      outcome: 'retryable',
      reason: 'Cloudflare did not take the mail.',
    })
  const none = await mailTools({ ...env, MAIL_TRANSPORT: 'cloudflare' }).send(message())
  expect(none).toEqual({ outcome: 'permanent', reason: 'wrangler.toml has no binding EMAIL.' })
})

test('the address of a mail server needs TLS in a deployment, and what is none says so', async () => {
  const credentials = { username: 'u@x', password: 'p:w' }
  expect(smtpServerOf('smtps://u%40x:p%3Aw@mail.example', true)).toEqual({
    host: 'mail.example',
    port: 465,
    secure: true,
    credentials,
  })
  expect(smtpServerOf('smtp://mail.example:2525', false)).toEqual({
    host: 'mail.example',
    port: 2525,
    secure: false,
  })
  for (const address of ['smtp://u:p@mail.example', 'http://mail.example', 'mail.example', '', 'smtps://'])
    expect(smtpServerOf(address, true), address).toBeNull()
  const answer = await mailTools({ ...env, MAIL_TRANSPORT: 'smtp', SMTP_URL: 'mail.example' }).send(message())
  expect(answer.outcome).toBe('permanent')
})

test.each([
  ['Invalid RCPT TO: <a@b.example> NOTIFY=FAILURE 550 5.1.1 No such user 451', 'permanent', '550'],
  ['Failed send email body: 452 4.3.1 Full', 'retryable', '452'],
  ['Failed to connect to SMTP server: 554 No', 'permanent', '554'],
  ['Failed to plain authentication: 535 5.7.8', 'retryable', 'user name'],
  ['Timeout while waiting for smtp server response', 'retryable', 'in time'],
  ['Invalid RCPT TO: <550-x@b.example> 421 Later', 'retryable', '421'],
] as const)('a mail server that says “%s” is %s', (problem, outcome, reason) => {
  expect(smtpOutcomeOf(problem)).toEqual({ outcome, reason: expect.stringContaining(reason) })
})

test('names and subjects become headers that every mailbox reads, in lines that are never too long', () => {
  expect(encodedHeader('Reset your password')).toBe('Reset your password')
  expect(addressHeader('Ada "the" \\ Boss', 'a@b.example')).toBe('"Ada \\"the\\" \\\\ Boss" <a@b.example>')
  for (const text of [
    'Zürich',
    '日本語'.repeat(60),
    '👩‍💻'.repeat(30),
    'x'.repeat(300),
    '=?UTF-8?B?eA==?=',
  ]) {
    const lines = encodedHeader(text).split('\r\n ')
    for (const line of lines) expect(line).toMatch(/^=\?UTF-8\?B\?[A-Za-z0-9+/=]{1,62}\?=$/)
    const read = lines.map((line) =>
      new TextDecoder('utf-8', { fatal: true }).decode(
        Uint8Array.from(atob(line.slice(10, -2)), (c) => c.charCodeAt(0)),
      ),
    )
    expect(read.join('')).toBe(text)
  }
})
