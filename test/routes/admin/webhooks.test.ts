// The pages of webhooks, walked through by an admin and by a super admin: the same pages at two places.
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test, vi } from 'vitest'
import { paths } from '~/platform/paths'
import { webhookEndpoints } from '~db/schema'
import { db } from '~test/support/context'
import { type Portal, signedIn } from '~test/support/portal'
import {
  attemptsOf,
  faults,
  happening,
  pumpEvent,
  received,
  webhook,
  webhookDelivery,
} from '~test/support/webhooks'
import * as world from '~test/support/world'

afterEach(async () => {
  vi.restoreAllMocks()
  await db.delete(webhookEndpoints)
})

const secretIn = (html: string) => /whsec_[A-Za-z0-9+/]{43}=/.exec(html)?.[0] ?? ''
const idIn = (html: string) => /whk_[0-9A-Z]+/.exec(html)?.[0] ?? ''
const host = () => `${crypto.randomUUID()}.hook.test`

test('a form that is refused keeps what was typed and ticked, and says what is wrong', async () => {
  const browser = await signedIn(await world.admin())
  const { add } = paths.admin.webhooks
  const fields = { url: 'http://receiver.example.com/in', description: 'Billing <b>', events: 'chosen' }
  const nothing = await (await browser.post(add, fields)).text()
  expect(nothing).toContain('Choose at least one event.')
  const refused = await browser.post(add, { ...fields, eventTypes: ['user.added', 'plan.created'] })
  expect(refused.status).toBe(422)
  const html = await refused.text()
  expect(html).toContain('Use https')
  expect(html).toContain('value="http://receiver.example.com/in"')
  expect(html).toContain('Billing &lt;b&gt;')
  for (const type of ['user.added', 'plan.created'])
    expect(new RegExp(`<input[^>]*value="${type}"[^>]*>`).exec(html)?.[0]).toContain('checked')
})

type Place = typeof paths.admin.webhooks

async function walk(browser: Portal, to: Place): Promise<void> {
  const address = host()
  expect((await browser.get(to.list)).html).toContain('No webhooks yet')
  const fields = { url: `https://${address}/in`, description: 'Billing', events: 'all' }
  const added = await browser.post(to.add, fields)
  expect(added.headers.get('cache-control')).toContain('no-store')
  const page = await added.text()
  const secret = secretIn(page)
  const id = idIn(page)
  for (const path of [to.list, to.one(id), to.edit(id), to.rotate(id), to.remove(id)])
    expect((await browser.get(path)).html).not.toContain(secret.slice(6))

  const tested = await browser.post(to.test(id))
  const at = tested.headers.get('location') ?? ''
  const delivery = (await browser.get(at)).html
  expect(delivery).toContain('thank you')
  expect(delivery).toContain('webhook.tested')
  const rotated = secretIn(await (await browser.post(to.rotate(id))).text())
  expect(rotated).not.toBe(secret)
  expect((await browser.get(to.one(id))).html).toContain('the one before signs as well')
  await faults(address, { status: 500, body: '<script>alert(1)</script>' })
  const failing = (await browser.post(to.test(id))).headers.get('location') ?? ''
  const shown = (await browser.get(failing)).html
  expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(shown).toContain('The receiver answered 500.')
  const got = await received(address)
  for (const each of [secret, rotated]) new Webhook(each).verify(got[1]?.body ?? '', got[1]?.headers ?? {})

  expect((await browser.post(to.edit(id), { ...fields, description: 'Invoices' })).status).toBe(303)
  await browser.post(to.pause(id))
  const paused = (await browser.get(to.one(id))).html
  expect(paused).toContain('This webhook is paused')
  expect(paused).not.toContain('Send all failed again')
  await browser.post(to.resume(id))
  expect((await browser.get(to.list)).html).toMatch(/Invoices[\s\S]*Active/)
  expect((await browser.post(`${failing}/send-again`)).status).toBe(303)
  await browser.post(to.sendFailed(id), { since: 'day' })
  expect((await browser.get(`${to.one(id)}?show=failed`)).status).toBe(200)
  expect((await browser.post(to.remove(id))).headers.get('location')).toBe(to.list)
  expect((await browser.get(to.one(id))).status).toBe(404)
}

test('an admin walks through the webhooks of the portal', async () => {
  await walk(await signedIn(await world.admin()), paths.admin.webhooks)
})

test('a super admin walks through those of the organization, finds them from its page and in its activity', async () => {
  const owner = await world.superAdmin()
  const browser = await signedIn(owner)
  expect((await browser.get(paths.dashboard.organization)).html).toContain(paths.dashboard.webhooks.list)
  await walk(browser, paths.dashboard.webhooks)
  const activity = (await browser.get(paths.dashboard.activity)).html
  expect(activity).toContain('added the webhook “Billing”')
  expect(activity).toContain('rotated the secret of the webhook')
})

test('what failed is listed by itself, told under Deliveries, and sent again by one press', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const browser = await signedIn(await world.admin())
  const to = paths.admin.webhooks
  const at = await webhook({ state: 'paused', pausedReason: 'failing', pausedAt: Date.now() })
  const eventId = await happening()
  await pumpEvent(eventId)
  const { html } = await browser.get(`${to.one(at.id)}?show=failed`)
  expect(html).toContain('It kept failing for more than a day.')
  expect(html).toContain('The webhook is paused.')
  expect((await browser.get(`${paths.admin.deliveries}?channel=webhook`)).html).toContain('Product created')
  await browser.post(to.resume(at.id))
  await browser.post(to.sendFailed(at.id), { since: 'day' })
  await pumpEvent(eventId)
  expect(await attemptsOf((await webhookDelivery(eventId, at.id))?.id)).toHaveLength(1)
  const nothing = await browser.post(to.sendFailed(at.id), { since: 'tomorrow' })
  expect(nothing.status).toBe(303)
})
