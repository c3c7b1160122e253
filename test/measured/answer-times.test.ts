// Who has an account must not be told by the time that an answer takes.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test, vi } from 'vitest'
import worker from '~/worker'
import { newAddress, openPortal } from '~test/support/attacks'
import { type Form, forms, newEmail } from '~test/support/forms-of-strangers'
import { origin } from '~test/support/portal'
import { middle } from '~test/support/timed'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 240_000 })

beforeEach(openPortal)

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
