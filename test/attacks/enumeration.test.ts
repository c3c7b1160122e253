// Who has an account must not be told by a status, a header or a word.
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test, vi } from 'vitest'
import { comparable, newAddress, openPortal } from '~test/support/attacks'
import { type Form, forms, newEmail } from '~test/support/forms-of-strangers'
import { Portal } from '~test/support/portal'
import { takeLoggedErrors } from '~test/support/setup'
import * as world from '~test/support/world'

beforeEach(openPortal)

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
