// Mails by SMTP: the built portal sends them to a real mail server, which reads them as any mailbox would.
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningPortico, servePortico } from '~scripts/portico.mjs'
import { freePort } from '~scripts/ports.mjs'
import { demoState } from '~test/browser/demo-world'

type Received = { to: string[]; mail: ParsedMail; raw: string; user: string | undefined }

const received: Received[] = []
/** What the server answers to the next mails, instead of taking them. */
const refusals: { code: number; text: string }[] = []
const secret = 'p@ss:word/with#signs'
const portalName = 'Méridien «APIs», Köln & Überall – das Portal für Entwicklerinnen und Entwickler'

const server = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  onAuth({ username, password }, _session, done) {
    if (username === 'portal@mail' && password === secret) done(null, { user: username })
    else done(new Error('no'))
  },
  onRcptTo(_address, _session, done) {
    const refusal = refusals.shift()
    done(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null)
  },
  onData(stream, session, done) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', async () => {
      const raw = Buffer.concat(parts)
      const to = session.envelope.rcptTo.map(({ address }) => address)
      received.push({ to, mail: await simpleParser(raw), raw: raw.toString(), user: session.user })
      done()
    })
  },
})
let portal: RunningPortico

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port: smtpPort } = server.server.address() as AddressInfo
  const port = await freePort()
  portal = await servePortico({
    port,
    stateFolder: await demoState(port),
    isMigrated: true,
    variables: {
      MAIL_TRANSPORT: 'smtp',
      SMTP_URL: `smtp://${encodeURIComponent('portal@mail')}:${encodeURIComponent(secret)}@127.0.0.1:${smtpPort}`,
    },
  })
  await portal.bindings.DB.prepare('update settings set portal_name = ?').bind(portalName).run()
  // What the demo world has told meanwhile is not of this test.
  received.length = 0
})

afterAll(async () => {
  await portal?.stop()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
})

async function askForReset(email: string): Promise<void> {
  const answer = await fetch(`${portal.origin}/auth/reset`, {
    method: 'POST',
    headers: { origin: portal.origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email }),
    redirect: 'manual',
  })
  expect(answer.status).toBeLessThan(400)
}

const mailTo = (email: string) => received.find(({ to }) => to.includes(email))

test('a mail arrives with its name, subject, both parts and a link that works', async () => {
  await askForReset('ada@northwind.example')
  await expect.poll(() => mailTo('ada@northwind.example'), { timeout: 20_000 }).toBeDefined()
  const { mail, raw, user } = mailTo('ada@northwind.example') as Received
  expect(user).toBe('portal@mail')
  expect(mail.from?.value).toEqual([{ address: 'portal@example.com', name: portalName }])
  expect(mail.subject).toBe('Reset your password')
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  // Nobody ends mails of this kind.
  expect(raw).not.toMatch(/list-unsubscribe/i)
  const link = /https?:\/\/\S+\/auth\/reset\/code\?token=[\w-]+/.exec(mail.text ?? '')?.[0] ?? ''
  expect(mail.html).toContain(link.replaceAll('&', '&amp;'))
  // The token leaves the address for a cookie.
  const opened = await fetch(link, { redirect: 'manual' })
  const cookie = opened.headers.getSetCookie().map((one) => one.split(';')[0])
  const page = await fetch(new URL(opened.headers.get('location') ?? '', link), {
    headers: { cookie: cookie.join('; ') },
  })
  expect(page.status).toBe(200)
  // RFC 5321 §4.5.3.1.6: no line is longer than 998 characters, and ASCII passes every server.
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThan(998)
  expect(Buffer.byteLength(raw)).toBe(raw.length)
})

test('a mail that one can do without has the headers by which a mail program unsubscribes, and they do', async () => {
  const { DB } = portal.bindings
  await DB.prepare(
    `insert into events (id, type, actor_type, actor_label, subject_type, subject_id, organization_id, app_id, data, request_id, created_at)
      select 'evt_01J0000000000000000EXPIRES', 'credential.expiring', 'system', 'Portico', 'credential', c.id, a.organization_id,
        a.id, json_object('app', a.name, 'credential', 'Key', 'days', 7), 'r', ? from credentials c join apps a on a.id = c.app_id limit 1`,
  )
    .bind(Date.now() - 180_000)
    .run()
  await portal.runCron()
  const one = () => received.find(({ mail }) => /expires/i.test(mail.subject ?? ''))
  await expect.poll(one, { timeout: 20_000 }).toBeDefined()
  const { raw, mail } = one() as Received
  expect(raw).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n')
  const { url } = (mail.headers.get('list') as unknown as { unsubscribe: { url: string } }).unsubscribe
  const pressed = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  expect(pressed.status).toBe(200)
  const left = await DB.prepare('select count(*) as count from users where not notify_expiry').first<{
    count: number
  }>()
  expect(left?.count).toBe(1)
})

test('a server that has no time gets the mail later, one that refuses for good is told under Deliveries', async () => {
  const stateOf = async (email: string) =>
    portal.bindings.DB.prepare(
      `select d.state, d.last_error as problem from deliveries d join users u on u.id = d.recipient_key where u.email = ?
        order by d.created_at desc limit 1`,
    )
      .bind(email)
      .first<{ state: string; problem: string | null }>()
  refusals.push({ code: 451, text: 'Greylisted, try again: tom@northwind.example' })
  await askForReset('tom@northwind.example')
  await expect
    .poll(() => stateOf('tom@northwind.example'), { timeout: 20_000 })
    .toEqual({ state: 'pending', problem: 'The mail server answered 451.' })
  refusals.push({ code: 550, text: 'No such mailbox: lin@contoso.example' })
  await askForReset('lin@contoso.example')
  await expect
    .poll(() => stateOf('lin@contoso.example'), { timeout: 20_000 })
    .toEqual({ state: 'failed', problem: 'The mail server answered 550.' })
  expect(mailTo('lin@contoso.example')).toBeUndefined()
})
