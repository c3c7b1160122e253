import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { MailMessage } from '~/domain/notifications/mail'
import { mailTools } from '~/platform/mailer'
import { outcomeOf } from '~/platform/mailer-mailchannels'

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
