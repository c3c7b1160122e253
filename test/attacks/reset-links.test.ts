// Links by mail: where they point, where their token shows, which tokens open anything, and to whom they go.
import { env } from 'cloudflare:workers'
import { desc, eq, isNull } from 'drizzle-orm'
import { beforeEach, expect, test, vi } from 'vitest'
import { events, outboxMails, users } from '~db/schema'
import { databaseText, freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { db } from '~test/support/context'
import { deliver } from '~test/support/notifications'
import { askWorker, origin, Portal } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

const sameOrigin = { origin, 'sec-fetch-site': 'same-origin' }
const newPassword = { password: freshPassword, passwordAgain: freshPassword }

async function drain(): Promise<void> {
  for (const { id } of await db.select({ id: events.id }).from(events).where(isNull(events.plannedAt)))
    await deliver(id)
}

async function mailsTo(email: string) {
  await drain()
  return db
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.recipient, email))
    .orderBy(desc(outboxMails.createdAt))
}

async function linkFor(email: string): Promise<string> {
  await new Portal().post('/auth/reset', { email }, { 'cf-connecting-ip': newAddress() })
  const [mail] = await mailsTo(email)
  return /https:\/\/\S+\/auth\/reset\/code\?token=[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? ''
}

const hostHeaders: [string, string, Record<string, string>][] = [
  ['Host', 'https://evil.test', {}],
  ['X-Forwarded-Host', origin, { 'x-forwarded-host': 'evil.test' }],
  ['X-Forwarded-Host with Proto', origin, { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'http' }],
  ['Forwarded', origin, { forwarded: 'for=1.2.3.4;host=evil.test;proto=http' }],
  [
    'X-Original-URL',
    origin,
    { 'x-original-url': 'https://evil.test/', 'x-rewrite-url': 'https://evil.test/' },
  ],
  ['X-Host', origin, { 'x-host': 'evil.test', 'x-forwarded-server': 'evil.test' }],
  ['Origin', origin, { origin: 'https://evil.test' }],
  ['a path that looks like an address', `${origin}//evil.test`, {}],
]

test.each(hostHeaders)('a link never points where %s says', async (_name, base, headers) => {
  const person = await world.developer()
  await askWorker(`${base}/auth/reset`, {
    method: 'POST',
    body: new URLSearchParams({ email: person.email }),
    headers: { ...sameOrigin, 'cf-connecting-ip': newAddress(), ...headers },
  })
  // Before anything else asks: a newer link would take the place of this one, which then is never sent.
  const strange = await mailsTo(person.email)
  // Asked for properly too, so that there is a link to look at even when the strange one was refused.
  expect(await linkFor(person.email)).toMatch(/^https:\/\/portal\.test\/auth\/reset\/code\?token=/)
  for (const mail of [...strange, ...(await mailsTo(person.email))]) {
    expect(`${mail.html}${mail.text}`).not.toContain('evil.test')
    for (const [, host] of `${mail.html}\n${mail.text}`.matchAll(/https?:\/\/([^/\s"'<]+)/g))
      expect(host).toBe('portal.test')
  }
})

test('the token leaves the address at once, and no page, header, log line, event or message ever holds it', async () => {
  const logged: string[] = []
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation(
      (...args: unknown[]) => void logged.push(args.map(String).join(' ')),
    )
  const queued: string[] = []
  const sendBatch = env.EVENTS.sendBatch.bind(env.EVENTS)
  vi.spyOn(env.EVENTS, 'sendBatch').mockImplementation((messages, options) => {
    const all = [...messages]
    queued.push(JSON.stringify(all))
    return sendBatch(all, options)
  })
  const person = await world.developer()
  const link = new URL(await linkFor(person.email))
  const token = link.searchParams.get('token') ?? ''
  const portal = new Portal()
  const first = await portal.request(`${link.pathname}${link.search}`)
  expect(first.status).toBe(303)
  expect(first.headers.get('location')).toBe('/auth/reset/code')
  const page = await portal.request('/auth/reset/code')
  for (const response of [first, page]) {
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toContain('no-store')
  }
  const html = await page.text()
  // Nothing on the page is fetched from, or leads to, another origin.
  for (const [, address] of html.matchAll(/(?:src|href|action)="([^"]+)"/g))
    expect(new URL(address ?? '', origin).origin).toBe(origin)
  const failed = await portal.post('/auth/reset/code', {
    redemptionId: crypto.randomUUID(),
    password: 'x',
    passwordAgain: 'y',
  })
  const pages = [html, await failed.text(), JSON.stringify([...page.headers])].join('\n')
  for (const [place, text] of Object.entries({
    page: pages,
    log: logged.join('\n'),
    queue: queued.join('\n'),
    database: await databaseText(['outbox_mails']),
  }))
    expect(text.includes(token), `the token is in a ${place}`).toBe(false)
  expect(queued.length).toBeGreaterThan(0)
})

test('the answer to a request for a link holds no token', async () => {
  const person = await world.developer()
  const response = await new Portal().post(
    '/auth/reset',
    { email: person.email },
    { 'cf-connecting-ip': newAddress() },
  )
  expect(await response.text()).toBe('')
  expect(response.headers.get('location')).toBe('/auth/reset?sent')
  expect(response.headers.getSetCookie()).toEqual([])
})

const noTokens = [
  null,
  '',
  'null',
  'undefined',
  '[]',
  '{}',
  '0',
  'true',
  'NaN',
  '%00'.repeat(32),
  'A'.repeat(43),
  '\u0000'.repeat(32),
  '0'.repeat(64),
  'A'.repeat(5000),
  "' or '1'='1",
  '__proto__',
  'x; Path=/; Domain=evil.test',
]

test.each([
  ['/auth/reset/code', '__Host-portico_reset'],
  ['/auth/invite', '__Host-portico_invite'],
  ['/auth/verify', '__Host-portico_verify'],
  ['/auth/confirm-email', '__Host-portico_email'],
])(
  'at %s no token but a real one changes anything, in the address, the cookie or the form',
  async (path, cookie) => {
    const person = await world.developer({ row: { state: 'pending' } })
    const before = await db.select().from(users).where(eq(users.id, person.userId))
    for (const token of noTokens) {
      const portal = new Portal()
      const form = { redemptionId: crypto.randomUUID(), ...newPassword }
      if (token !== null) await portal.request(`${path}?token=${encodeURIComponent(token)}`)
      const planted = token !== null && /^[ -~]*$/.test(token) ? { cookie: `${cookie}=${token}` } : {}
      const from = () => ({ 'cf-connecting-ip': newAddress() })
      for (const response of [
        await portal.post(path, form, from()),
        await new Portal().post(path, { ...form, token: token ?? '' }, { ...from(), ...planted }),
      ])
        expect(response.status, `${token}`).toBe(410)
      // In the address of a form it is taken out of there, and that is all.
      const address = `${path}?token=${encodeURIComponent(token ?? '')}`
      const inAddress = await new Portal().post(address, form, from())
      expect(inAddress.status, `${token}`).toBe(303)
      expect(inAddress.headers.get('location')).toBe(path)
    }
    expect(await db.select().from(users).where(eq(users.id, person.userId))).toEqual(before)
  },
)

test('a token of another purpose opens nothing', async () => {
  const person = await world.developer()
  const link = new URL(await linkFor(person.email))
  const token = link.searchParams.get('token')
  for (const path of ['/auth/invite', '/auth/verify', '/auth/confirm-email']) {
    const portal = new Portal()
    await portal.request(`${path}?token=${token}`)
    const answer = await portal.post(path, { redemptionId: crypto.randomUUID(), ...newPassword })
    expect(answer.status, path).toBe(410)
  }
  const portal = new Portal()
  await portal.request(`${link.pathname}${link.search}`)
  expect(
    (await portal.post('/auth/reset/code', { redemptionId: crypto.randomUUID(), ...newPassword })).status,
  ).toBe(303)
})

test.each([
  [
    'two values',
    (victim: string) => [
      ['email', victim],
      ['email', 'attacker@evil.test'],
    ],
  ],
  [
    'two values, the other way round',
    (victim: string) => [
      ['email', 'attacker@evil.test'],
      ['email', victim],
    ],
  ],
  [
    'an array',
    (victim: string) => [
      ['email[]', victim],
      ['email[]', 'attacker@evil.test'],
    ],
  ],
  [
    'numbered values',
    (victim: string) => [
      ['email[0]', victim],
      ['email[1]', 'attacker@evil.test'],
    ],
  ],
  [
    'an object',
    (victim: string) => [
      ['email.address', victim],
      ['email.cc', 'attacker@evil.test'],
    ],
  ],
  ['a list in one value', (victim: string) => [['email', `${victim},attacker@evil.test`]]],
  ['a list with a semicolon', (victim: string) => [['email', `${victim};attacker@evil.test`]]],
  ['a display name', (victim: string) => [['email', `"${victim}" <attacker@evil.test>`]]],
  ['a header after a line break', (victim: string) => [['email', `${victim}\r\nBcc: attacker@evil.test`]]],
  ['an address after NUL', (victim: string) => [['email', `${victim}\u0000attacker@evil.test`]]],
  ['JSON in a value', (victim: string) => [['email', JSON.stringify([victim, 'attacker@evil.test'])]]],
  ['a percent sign', (victim: string) => [['email', `${victim}%0aBcc:attacker@evil.test`]]],
] as const)('%s in the field for the address sends no mail to anybody', async (_name, fields) => {
  const person = await world.developer()
  const attacker = await world.developer({
    row: { email: `attacker-${crypto.randomUUID().slice(0, 8)}@evil.test` },
  })
  const body = new URLSearchParams()
  for (const [name, value] of fields(person.email))
    body.append(name ?? '', (value ?? '').replace('attacker@evil.test', attacker.email))
  const response = await askWorker(`${origin}/auth/reset`, {
    method: 'POST',
    body,
    headers: { ...sameOrigin, 'cf-connecting-ip': newAddress() },
  })
  expect(response.status).toBe(422)
  expect([...(await mailsTo(person.email)), ...(await mailsTo(attacker.email))]).toEqual([])
})

test('a JSON body is refused, and a file in place of the address too', async () => {
  const person = await world.developer()
  const json = await askWorker(`${origin}/auth/reset`, {
    method: 'POST',
    body: JSON.stringify({ email: [person.email, 'attacker@evil.test'] }),
    headers: { ...sameOrigin, 'content-type': 'application/json' },
  })
  expect(json.status).toBe(400)
  const form = new FormData()
  form.set('email', new File([person.email], person.email))
  const file = await askWorker(`${origin}/auth/reset`, { method: 'POST', body: form, headers: sameOrigin })
  expect(file.status).toBe(422)
  expect(await mailsTo(person.email)).toEqual([])
})

test('an address that only looks like a stored one reaches nobody; the mail goes to the address as it is stored', async () => {
  const mark = crypto.randomUUID().slice(0, 8)
  const person = await world.developer({ row: { email: `Mike-${mark}@people.example` } })
  for (const lookalike of [
    `mıke-${mark}@people.example`,
    `ｍike-${mark}@people.example`,
    `mike-${mark}@people.example.`,
    `mike-${mark}@peoplе.example`,
    `mike-${mark}\u200b@people.example`,
    `mike-${mark}+tag@people.example`,
  ])
    await new Portal().post('/auth/reset', { email: lookalike }, { 'cf-connecting-ip': newAddress() })
  expect(await mailsTo(person.email)).toEqual([])
  await new Portal().post(
    '/auth/reset',
    { email: ` MIKE-${mark}@PEOPLE.example ` },
    { 'cf-connecting-ip': newAddress() },
  )
  expect((await mailsTo(person.email)).map((mail) => mail.recipient)).toEqual([person.email])
})
