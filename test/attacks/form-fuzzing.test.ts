// Every action around signing in and one's own account, found in the route manifest, gets every odd value in every field of
// its page. The answer is never a 5xx, nothing that was typed runs, and who is who stays as it was.
import * as build from 'virtual:remix/server-build'
import { ne } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sessionCookie } from '~/platform/cookies'
import { users } from '~db/schema'
import { newAddress, openPortal } from '~test/support/attacks'
import { db } from '~test/support/context'
import { origin, Portal } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

const mark = '<script>alert("fuzz")</script>'

const oddValues: Record<string, string | string[]> = {
  empty: '',
  blank: ' \t\u00a0\u3000',
  twice: ['one', 'two'],
  object: '{"$ne":null}',
  number: '1e308',
  'not a number': 'NaN',
  long: 'x'.repeat(100_000),
  nul: 'a\u0000b',
  'line break': 'a\r\nBcc: someone@people.example\r\n\r\nb',
  'half a pair': '\ud800\udfff\udc00',
  'right to left': '\u202eevil\u202c\u2066',
  'key of objects': '__proto__',
  constructor: 'constructor',
  markup: `'"><img src=x onerror=alert(1)>${mark}`,
  sql: `x'); drop table users; --`,
  template: `$${'{7*7}'}{{7*7}}<%= 7*7 %>`,
  format: '%s%n%x%00%0d%0a',
  path: '../../../etc/passwd',
  emoji: '👩‍👩‍👧‍👦'.repeat(20),
  combining: `e${'\u0301'.repeat(200)}`,
}

const extraNames = [
  '__proto__',
  'constructor',
  'toString',
  'email[]',
  'a.b[0].c',
  'password[0]',
  '__intent__',
  '__state__',
  'list[4294967295]',
  '',
]

const allowed = new Set([200, 204, 302, 303, 400, 401, 403, 404, 405, 409, 410, 413, 422, 429])

type Route = { id: string; parentId?: string; path?: string; module: { action?: unknown } }
const routes = Object.values(build.routes).flatMap((route) => (route ? [route as Route] : []))
const fuzzed =
  /^routes\/(auth\/|consumer\/(profile|notifications|session|email-change|account-delete|own-data|passkey|two-factor|second-factor))/

function addressOf(route: Route): string {
  const parent = routes.find((other) => other.id === route.parentId)
  return `${parent ? addressOf(parent) : ''}${route.path ? `/${route.path}` : ''}`
}

const actions = routes
  .filter((route) => route.module.action && fuzzed.test(route.id))
  .map((route) => [route.id, addressOf(route).replaceAll(/:\w+\??/g, 'ses_odd')] as const)

let people: { visitor: null; member: `usr_${string}`; admin: `usr_${string}` }
let before: string

const standing = async () =>
  JSON.stringify(
    await db
      .select({
        id: users.id,
        role: users.role,
        state: users.state,
        email: users.email,
        place: users.organizationId,
        hash: users.passwordHash,
      })
      .from(users)
      .where(ne(users.state, 'pending'))
      .orderBy(users.id),
  )

beforeAll(async () => {
  await openPortal()
  people = { visitor: null, member: (await world.developer()).userId, admin: (await world.admin()).userId }
  await world.developer({ row: { state: 'invited', passwordHash: null } })
  before = await standing()
})

afterAll(async () => {
  expect(await standing()).toBe(before)
})

async function browser(userId: `usr_${string}` | null): Promise<Portal> {
  const portal = new Portal()
  if (userId) portal.cookies.set(sessionCookie, await world.session(userId))
  return portal
}

async function judge(response: Response, what: string): Promise<void> {
  const text = await response.text()
  expect(allowed.has(response.status), `${what}: ${response.status} ${text.slice(0, 200)}`).toBe(true)
  expect(text.includes(mark), `${what}: what was typed runs`).toBe(false)
  expect(response.headers.get('location') ?? '', what).not.toMatch(/^(?:\/\/|[a-z]+:)/i)
}

test('the manifest has the actions that this suite is about', () => {
  expect(actions.length).toBeGreaterThanOrEqual(13)
})

test.each(actions)('%s answers every odd value in every field', async (id, path) => {
  for (const [who, userId] of Object.entries(people)) {
    const portal = await browser(userId)
    const page = await portal.request(path)
    const html = await page.text()
    const own = [
      ...new Set(
        [...html.matchAll(/<(?:input|select|textarea)[^>]*\sname="([^"]+)"/g)].map(([, name]) => name ?? ''),
      ),
    ]
    const names = [...own, ...extraNames]
    for (const [kind, value] of Object.entries(oddValues)) {
      // Log-ins come from one address: its limit spares the hashes that would take most of the time.
      const ip = { 'cf-connecting-ip': id === 'routes/auth/login' ? '198.19.7.7' : newAddress() }
      const portal = await browser(userId)
      // The whole form at once; a long value in each field is more than a form may have.
      const form = Object.fromEntries(names.map((name) => [name, value]))
      await judge(await portal.post(path, form, ip), `${id} as ${who}: ${kind} everywhere`)
      if (who === 'admin') continue
      // One field odd, the others as one would fill them in.
      for (const name of own) {
        const filled = Object.fromEntries(own.map((other) => [other, filledIn(other)]))
        await judge(
          await portal.post(path, { ...filled, [name]: value }, ip),
          `${id} as ${who}: ${kind} in ${name}`,
        )
      }
    }
    const plain = await browser(userId)
    for (const body of [
      fileForm(names),
      new URLSearchParams(),
      'no form at all',
      new Uint8Array([0, 255, 254, 10, 13]),
    ]) {
      await judge(
        await plain.request(path, {
          method: 'POST',
          body,
          headers: { origin, 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': newAddress() },
        }),
        `${id} as ${who}: a body of another kind`,
      )
    }
  }
})

/** Passwords are wrong or weak, so that nothing is hashed for its own sake and nobody's account is touched. */
function filledIn(name: string): string {
  if (/email|confirmation/i.test(name)) return 'filled-in@people.example'
  if (/^password/i.test(name)) return 'password1234'
  if (/password/i.test(name)) return 'x'
  if (name === 'redemptionId') return '11111111-2222-3333-4444-555555555555'
  return 'Filled in'
}

function fileForm(names: string[]): FormData {
  const form = new FormData()
  for (const name of names) form.append(name, new File(['a file'], `${name}.txt`))
  return form
}
