import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { paths } from '~/platform/paths'
import { accessRequests, apps, cartItems, credentials, events, users } from '~db/schema'
import { db } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import { type Offer, offer } from '~test/support/requests'
import * as world from '~test/support/world'

async function filledCart(actor: DeveloperActor, of?: Offer) {
  const offered = of ?? (await offer())
  const portal = await signedIn(actor)
  const added = await portal.post(paths.cartAdd, {
    catalogId: offered.catalog.id,
    productId: offered.product.id,
  })
  expect(added.headers.get('location')).toBe(paths.cart)
  return { portal, of: offered }
}

/** The hidden fields of the cart's form for a catalog, as the page gives them. */
function fieldsOf(html: string, of: Offer): Record<string, string | string[]> {
  const form =
    html
      .split('<form')
      .find((part) => part.includes('name="submissionId"') && part.includes(of.catalog.id)) ?? ''
  const value = (name: string) =>
    [...form.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map((match) => match[1] ?? '')
  return {
    section: value('section')[0] ?? '',
    submissionId: value('submissionId')[0] ?? '',
    catalogId: value('catalogId')[0] ?? '',
    credentialType: value('credentialType')[0] ?? '',
    productIds: value('productIds'),
  }
}

const requestsOf = (actor: DeveloperActor) =>
  db.select().from(accessRequests).where(eq(accessRequests.requesterId, actor.userId))

test('adding shows the product in the cart, in two trips to D1, and removing takes it out', async () => {
  const actor = await world.superAdmin()
  const { portal, of } = await filledCart(actor)
  expect(portal.notice()).toBe(`${of.product.name} is in your cart`)
  const { html, response } = await portal.get(paths.cart)
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect(html).toContain(of.product.name)
  expect(html).toContain('Request access')
  expect(html).toContain('1,000 calls a day')
  expect(html).not.toContain('each is requested separately')
  await portal.post(paths.cartRemove, { catalogId: of.catalog.id, productId: of.product.id })
  expect((await portal.get(paths.cart)).html).toContain('Your cart is empty')
})

test('products of different catalogs are told to be requested separately', async () => {
  const actor = await world.superAdmin()
  const { portal } = await filledCart(actor)
  await filledCart(actor)
  expect((await portal.get(paths.cart)).html).toContain(
    'Your cart holds products from different catalogs: each is requested separately.',
  )
})

test('a request with a new app is sent, told, and leads to My apps', async () => {
  const actor = await world.superAdmin()
  const { portal, of } = await filledCart(actor)
  const { html } = await portal.get(paths.cart)
  const sent = await portal.post(paths.cart, {
    ...fieldsOf(html, of),
    planId: of.manual.id,
    appChoice: 'new',
    appName: 'Shop <b>front</b>',
    note: 'Hello',
  })
  expect(sent.status).toBe(303)
  const after = await portal.get(sent.headers.get('location') ?? '')
  expect(after.html).toContain('Your request has been sent.')
  expect(after.html).toContain('Go to My apps')
  expect(after.response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  const mine = await portal.get(paths.dashboard.apps)
  expect(mine.html).toContain('Shop &lt;b&gt;front&lt;/b&gt;')
  expect(mine.html).toContain('Pending')
})

test('a double click, and the same cart in another tab, send one request and get the same answer', {
  timeout: 120_000,
}, async () => {
  const actor = await world.superAdmin()
  const { portal, of } = await filledCart(actor)
  const [tab, other] = [await portal.get(paths.cart), await portal.get(paths.cart)]
  const typed = { planId: of.auto.id, appChoice: 'new', appName: 'Once only' }
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      portal.post(paths.cart, { ...fieldsOf(at % 2 ? tab.html : other.html, of), ...typed }),
    ),
  )
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([303]))
  expect(new Set(answers.map((answer) => answer.headers.get('location'))).size).toBe(1)
  expect(await requestsOf(actor)).toHaveLength(1)
  expect(await db.select().from(apps).where(eq(apps.ownerId, actor.userId))).toHaveLength(1)
})

test('a form with a mistake keeps what was typed in its own section, marks the field, and changes nothing', async () => {
  const actor = await world.superAdmin()
  const { portal, of } = await filledCart(actor)
  const second = await filledCart(actor)
  await world.app(actor)
  const { html } = await portal.get(paths.cart)
  const answer = await portal.post(paths.cart, {
    ...fieldsOf(html, of),
    planId: of.auto.id,
    appChoice: 'new',
    appName: 'x',
    appDescription: 'Typed text',
    appVisibility: 'personal',
    appRedirectUrls: 'nonsense',
    note: 'A long note that nobody wants to type again',
  })
  expect(answer.status).toBe(422)
  const shown = await answer.text()
  expect(shown).toContain('App name needs at least 2 characters.')
  expect(shown).toContain('Enter one https:// address a line')
  for (const typed of ['Typed text', 'nonsense', 'A long note that nobody wants to type again'])
    expect(shown.split(`>${typed}<`)).toHaveLength(2)
  expect(shown).toMatch(
    new RegExp(`<input[^>]*value="${of.auto.id}"[^>]*checked|<input[^>]*checked[^>]*value="${of.auto.id}"`),
  )
  expect(shown).toContain(second.of.product.name)
  expect(await requestsOf(actor)).toEqual([])
  expect(await db.select().from(cartItems).where(eq(cartItems.userId, actor.userId))).toHaveLength(2)
})

test('a missing plan and a rule that stands in the way are told above or at the field, not as an error page', async () => {
  const actor = await world.superAdmin()
  const { portal, of } = await filledCart(actor)
  const app = await world.app(actor)
  const { html } = await portal.get(paths.cart)
  const noPlan = await portal.post(paths.cart, {
    ...fieldsOf(html, of),
    appChoice: 'existing',
    appId: app.id,
  })
  expect([noPlan.status, (await noPlan.text()).includes('Choose a plan.')]).toEqual([422, true])
  const twoMistakes = await portal.post(paths.cart, { ...fieldsOf(html, of), appChoice: 'new', appName: '' })
  expect(await twoMistakes.text()).toMatch(/Choose a plan\.[\s\S]*App name is missing/)
  await portal.post(paths.cart, {
    ...fieldsOf(html, of),
    planId: of.manual.id,
    appChoice: 'existing',
    appId: app.id,
  })
  await filledCart(actor, of)
  const page = await portal.get(paths.cart)
  const twice = await portal.post(paths.cart, {
    ...fieldsOf(page.html, of),
    planId: of.manual.id,
    appChoice: 'existing',
    appId: app.id,
  })
  expect(twice.status).toBe(409)
  expect(await twice.text()).toContain('has already asked for')
})

test('ids of another organization in any field answer 404 and change nothing', async () => {
  const actor = await world.superAdmin()
  const foreign = await world.superAdmin()
  const secret = await offer('custom', { organizationId: foreign.organizationId })
  const foreignApp = await world.app(foreign)
  const foreignTeam = await world.team(foreign.organizationId)
  const { portal, of } = await filledCart(actor)
  const fields = {
    ...fieldsOf((await portal.get(paths.cart)).html, of),
    planId: of.manual.id,
    appChoice: 'new',
    appName: 'My app',
  }
  for (const change of [
    { appChoice: 'existing', appId: foreignApp.id },
    { appVisibility: 'team', appTeamId: foreignTeam.id },
    { catalogId: secret.catalog.id },
    { productIds: [secret.product.id] },
  ]) {
    expect((await portal.post(paths.cart, { ...fields, ...change })).status).toBe(404)
  }
  expect(
    (await portal.post(paths.cartAdd, { catalogId: secret.catalog.id, productId: secret.product.id })).status,
  ).toBe(404)
  expect(await requestsOf(actor)).toEqual([])
  expect(await db.select().from(apps).where(eq(apps.ownerId, actor.userId))).toEqual([])
  expect(await db.select().from(events).where(eq(events.appId, foreignApp.id))).toEqual([])
})

test('fields that the form does not have change nothing', async () => {
  const actor = await world.superAdmin()
  const victim = await world.superAdmin()
  const { portal, of } = await filledCart(actor)
  const extra = {
    id: 'req_mine',
    state: 'approved',
    organizationId: victim.organizationId,
    requesterId: victim.userId,
    ownerId: victim.userId,
    userId: victim.userId,
    rateLimit: '999999',
    quotaLimit: '999999',
    keyLifetimeDays: '99999',
    approval: 'auto',
    decidedById: victim.userId,
    createdAt: '1',
    planName: 'Hacked',
    role: 'admin',
  }
  const sent = await portal.post(paths.cart, {
    ...fieldsOf((await portal.get(paths.cart)).html, of),
    planId: of.manual.id,
    appChoice: 'new',
    appName: 'My app',
    ...extra,
  })
  expect(sent.status).toBe(303)
  const [row, ...more] = await requestsOf(actor)
  expect(more).toEqual([])
  expect(row).toMatchObject({
    state: 'pending',
    organizationId: actor.organizationId,
    planName: of.manual.name,
    rateLimit: 5,
    quotaLimit: 1000,
    keyLifetimeDays: null,
    decidedById: null,
  })
  expect(
    (
      await db
        .select()
        .from(apps)
        .where(eq(apps.id, row?.appId ?? 'app_none'))
    )[0],
  ).toMatchObject({ ownerId: actor.userId, organizationId: actor.organizationId })
  expect((await db.select().from(users).where(eq(users.id, actor.userId)))[0]?.role).toBe('developer')
  expect(
    await db
      .select()
      .from(credentials)
      .where(eq(credentials.appId, row?.appId ?? 'app_none')),
  ).toEqual([])
})

test('the cart is for developers: visitors are asked to log in, admins find nothing', async () => {
  const admin = await signedIn(await world.admin())
  for (const path of [paths.cart, paths.cartAdd, paths.cartRemove]) {
    expect((await new Portal().request(path)).headers.get('location')).toContain('/auth/login')
    expect((await admin.request(path)).status).toBe(404)
    expect((await admin.post(path, {})).status).toBe(404)
  }
})

test('a look at an address that only takes forms leads to the cart; nonsense in a form is told', async () => {
  const portal = await signedIn(await world.superAdmin())
  expect((await portal.request(paths.cartAdd)).headers.get('location')).toBe(paths.cart)
  expect((await portal.request(paths.cartRemove)).headers.get('location')).toBe(paths.cart)
  expect((await portal.post(paths.cartAdd, { catalogId: 'x', productId: '' })).status).toBe(303)
  expect((await portal.post(paths.cartRemove, {})).status).toBe(303)
  for (const fields of [
    {},
    { productIds: ['a', 'b'], planId: ['x', 'y'] },
    { note: '\u0000' },
    { appChoice: '__proto__' },
  ]) {
    expect((await portal.post(paths.cart, fields)).status).toBe(422)
  }
})
