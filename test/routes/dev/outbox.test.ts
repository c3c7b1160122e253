import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import worker from '~/worker'
import { deliver, eventOf, mailsOf } from '~test/support/notifications'
import { origin, Portal } from '~test/support/portal'
import * as world from '~test/support/world'

async function mailOf(user: { userId: `usr_${string}`; email: string }) {
  const eventId = await eventOf({
    type: 'user.password_reset_requested',
    subjectType: 'user',
    subjectId: user.userId,
  })
  await deliver(eventId)
  const [mail] = await mailsOf(eventId)
  if (!mail) throw new Error('no mail')
  return mail
}

test('the outbox lists the newest mail first and finds mails by recipient', async () => {
  const [first, second] = [await world.developer(), await world.developer()]
  await mailOf(first)
  const mail = await mailOf(second)
  const { status, html } = await new Portal().get('/dev/outbox')
  expect(status).toBe(200)
  expect(html.indexOf(second.email)).toBeGreaterThan(0)
  expect(html.indexOf(second.email)).toBeLessThan(html.indexOf(first.email))
  expect(html).toContain(`/dev/outbox/${mail.id}`)
  const found = await new Portal().get(`/dev/outbox?q=${encodeURIComponent(first.email.toUpperCase())}`)
  expect(found.html).toContain(first.email)
  expect(found.html).not.toContain(second.email)
  expect((await new Portal().get('/dev/outbox?q=%25nobody%25')).html).toContain('Nothing found')
})

test('the outbox goes on over pages', async () => {
  for (let count = 0; count < 51; count += 1) await mailOf(await world.developer())
  const { html } = await new Portal().get('/dev/outbox')
  const next = /href="(\/dev\/outbox\?after=[^"]+)"/.exec(html)?.[1]
  expect(next).toBeDefined()
  const page = await new Portal().get(next ?? '')
  expect(page.status).toBe(200)
  expect(page.html).toMatch(/href="\/dev\/outbox\?before=/)
})

test('a mail is shown as text with a link that works, and as HTML in a frame that may do nothing', async () => {
  const mail = await mailOf(await world.developer())
  const page = await new Portal().get(`/dev/outbox/${mail.id}`)
  expect(page.html).toContain('Reset your password')
  expect(page.html).toMatch(new RegExp(`<a href="${origin}/auth/reset/code\\?token=[\\w-]{43}"`))
  expect(page.html).toContain('sandbox="allow-popups allow-top-navigation-by-user-activation"')
  const { response, html } = await new Portal().get(`/dev/outbox/${mail.id}/html`)
  expect(html).toContain('<base target="_top"/>')
  expect(html).toContain('Choose a new password')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
  expect(response.headers.get('x-frame-options')).toBe('SAMEORIGIN')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

test.each([
  '/dev/outbox/mail_nothing',
  '/dev/outbox/mail_nothing/html',
  '/dev/outbox/usr_1',
  "/dev/outbox/mail_1'--",
])('%s is not found', async (path) => {
  expect((await new Portal().get(path)).status).toBe(404)
})

test('a deployment has no outbox', async () => {
  const mail = await mailOf(await world.developer())
  for (const path of [
    '/dev/outbox',
    `/dev/outbox/${mail.id}`,
    `/dev/outbox/${mail.id}/html`,
    '/dev/outbox.data',
  ]) {
    const request = new Request(`${origin}${path}`) as Request<unknown, IncomingRequestCfProperties>
    const response = await worker.fetch(
      request,
      { ...env, PORTICO_ENV: 'production' },
      createExecutionContext(),
    )
    const text = await response.text()
    if (path.endsWith('.data')) expect(text).not.toContain('recipient')
    else expect(response.status).toBe(404)
    expect(text).not.toContain(mail.recipient)
  }
})
