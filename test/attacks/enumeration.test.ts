// Who has an account must not be told by a status, a header, a word or the time that an answer takes.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test, vi } from 'vitest'
import worker from '~/worker'
import { comparable, freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { origin, Portal } from '~test/support/portal'
import { takeLoggedErrors } from '~test/support/setup'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 240_000 })

beforeEach(openPortal)

type Form = (email: string) => { path: string; fields: Record<string, string> }

const forms: Record<string, Form> = {
  'log in': (email) => ({ path: '/auth/login', fields: { email, password: 'not the password 1' } }),
  register: (email) => ({
    path: '/auth/register',
    fields: {
      email,
      firstName: 'Noa',
      lastName: 'Berg',
      password: freshPassword,
      passwordAgain: freshPassword,
      inviteCode: '',
    },
  }),
  reset: (email) => ({ path: '/auth/reset', fields: { email } }),
}

let letters = 0
/** Addresses of one length, so that no answer differs by it. */
function newEmail(): string {
  letters += 1
  return `p${String(letters).padStart(7, '0')}@people.example`
}

async function ask(form: Form, email: string, suffix = ''): Promise<string> {
  const { path, fields } = form(email)
  const portal = new Portal()
  const response = await portal.post(`${path}${suffix}`, fields, { 'cf-connecting-ip': newAddress() })
  const next = response.headers.get('location')
  const answer = await comparable(response, [email])
  return next ? `${answer}\n${await comparable(await portal.request(next), [email])}` : answer
}

const everyState = async () => [
  (await world.developer({ row: { email: newEmail() } })).email,
  (await world.admin({ email: newEmail() })).email,
  (await world.developer({ row: { email: newEmail(), state: 'deactivated' } })).email,
  (await world.developer({ row: { email: newEmail(), state: 'rejected' } })).email,
  (await world.developer({ row: { email: newEmail(), state: 'invited', passwordHash: null } })).email,
  (await world.developer({ row: { email: newEmail(), state: 'pending' } })).email,
  (await world.developer({ row: { email: newEmail(), emailVerifiedAt: null } })).email,
]

test.each(Object.entries(forms))(
  '%s: an address gets one and the same answer, whether unknown or of an account in any state',
  async (_name, form) => {
    for (const suffix of ['', '.data']) {
      const expected = await ask(form, newEmail(), suffix)
      for (const email of await everyState()) expect(await ask(form, email, suffix)).toBe(expected)
    }
  },
)

test('the answers stay the same while the queue is down and mails cannot be sent', async () => {
  const send = vi.spyOn(env.EVENTS, 'sendBatch').mockRejectedValue(new Error('the queue is down'))
  for (const name of ['register', 'reset']) {
    const form = forms[name] as Form
    const person = await world.developer({ row: { email: newEmail() } })
    expect(await ask(form, person.email)).toBe(await ask(form, newEmail()))
  }
  expect(send).toHaveBeenCalled()
  expect(takeLoggedErrors().join('\n')).toContain('event_not_enqueued')
})

test('a right password of an account that was closed is answered like a wrong one', async () => {
  const closed = await world.developer({ row: { email: newEmail(), state: 'deactivated' } })
  const right: Form = (email) => ({ path: '/auth/login', fields: { email, password: world.password } })
  expect(await ask(right, closed.email)).toBe(await ask(right, newEmail()))
})

/** Until the answer is there, which is all that a stranger can measure: what the worker does after it does not count. */
async function timeOf(form: Form, email: string): Promise<number> {
  const { path, fields } = form(email)
  const ctx = createExecutionContext()
  const request = new Request(new URL(path, origin), {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin, 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': newAddress() },
    redirect: 'manual',
  }) as Parameters<typeof worker.fetch>[0]
  const began = performance.now()
  const response = await worker.fetch(request, env, ctx)
  await response.text()
  const took = performance.now() - began
  expect(response.status).toBeLessThan(429)
  await waitOnExecutionContext(ctx)
  return took
}

/** The mean of the middle half: as calm as a median, and finer than the runtime's clock, which steps by a millisecond. */
function middle(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.slice(Math.floor(sorted.length / 4), Math.ceil((sorted.length * 3) / 4))
  return half.reduce((sum, value) => sum + value, 0) / half.length
}

/** Known and unknown by turns, so that whatever else the machine does falls on both alike. */
async function ratioOf(form: Form, tries: number): Promise<number> {
  const known: string[] = []
  for (let n = 0; n < tries / 8; n += 1)
    known.push((await world.developer({ row: { email: newEmail() } })).email)
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
  for (let n = 0; n < tries / 2; n += 1) {
    const email = known[n % known.length] ?? ''
    if (n % 2 === 0) times.known.push(await timeOf(form, email))
    times.unknown.push(await timeOf(form, newEmail()))
    if (n % 2 === 1) times.known.push(await timeOf(form, email))
  }
  return middle(times.known) / middle(times.unknown)
}

test.each([
  ['log in', 200],
  ['register', 200],
  ['reset', 200],
] as const)(
  '%s: the middle times of known and unknown addresses differ by less than a tenth',
  async (name, tries) => {
    const form = forms[name] as Form
    let ratio = await ratioOf(form, tries)
    // Again before it counts: a machine that does other things now and then is no leak, and a leak shows every time.
    for (let again = 0; again < 3 && Math.abs(Math.log(ratio)) >= Math.log(1.1); again += 1)
      ratio = await ratioOf(form, tries)
    expect(ratio).toBeGreaterThan(1 / 1.1)
    expect(ratio).toBeLessThan(1.1)
  },
)
