// What a cart tells when something changed between its loading and its sending: another tab, an admin, a colleague.
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { removeFromCart } from '~/domain/access-requests/remove-from-cart.server'
import type { DeveloperActor } from '~/domain/kernel/actor'
import { paths } from '~/platform/paths'
import { accessRequests, apps, cartItems, catalogPlans, credentials, products, teamMembers } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { signedIn } from '~test/support/portal'
import { granted, type Offer, offer, requested } from '~test/support/requests'
import * as world from '~test/support/world'

const note = 'A note that nobody wants to type again'

/** A cart with two products of one catalog, its page as one tab shows it, and the fields of its form. */
async function openTab(actor: DeveloperActor, of?: Offer) {
  const offered = of ?? (await offer())
  const second = await world.product([offered.catalog.id])
  for (const productId of [offered.product.id, second.id])
    await addToCart(contextFor(actor), { catalogId: offered.catalog.id, productId })
  const portal = await signedIn(actor)
  const { html } = await portal.get(paths.cart)
  const form = html.split('<form').find((part) => part.includes('name="submissionId"')) ?? ''
  const values = (name: string) =>
    [...form.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map((match) => match[1] ?? '')
  const fields = {
    section: values('section')[0] ?? '',
    submissionId: values('submissionId')[0] ?? '',
    catalogId: offered.catalog.id,
    credentialType: 'api_key',
    productIds: values('productIds'),
    planId: offered.manual.id,
    appChoice: 'new',
    appName: 'Typed name',
    note,
  }
  return { portal, of: offered, second, fields }
}

const requestsOf = (actor: DeveloperActor) =>
  db.select().from(accessRequests).where(eq(accessRequests.requesterId, actor.userId))

test('what another tab removed or added is named, nothing is sent, and what was typed stands in the cart as it is now', async () => {
  const actor = await world.superAdmin()
  const { portal, of, second, fields } = await openTab(actor)
  const third = await world.product([of.catalog.id])
  await removeFromCart(contextFor(actor), { catalogId: of.catalog.id, productId: second.id })
  await addToCart(contextFor(actor), { catalogId: of.catalog.id, productId: third.id })
  const answer = await portal.post(paths.cart, fields)
  expect(answer.status).toBe(409)
  const html = await answer.text()
  expect(html).toContain(
    `Your cart has changed since you opened this page: ${second.name} is no longer in it, and ${third.name} was added.`,
  )
  for (const typed of [`>${note}<`, 'value="Typed name"']) expect(html).toContain(typed)
  expect(html).toContain(`value="${third.id}"`)
  expect(html).not.toContain(`value="${second.id}"`)
  expect(await requestsOf(actor)).toEqual([])
  const again = /name="submissionId" value="([^"]*)"/.exec(html)?.[1]
  const sent = await portal.post(paths.cart, {
    ...fields,
    submissionId: again ?? '',
    productIds: [of.product.id, third.id],
  })
  expect(sent.status).toBe(303)
  expect(await requestsOf(actor)).toHaveLength(1)
})

test('when nothing of it is left, the page says so and gives the note back', async () => {
  const actor = await world.superAdmin()
  const { portal, fields } = await openTab(actor)
  await db.delete(cartItems).where(eq(cartItems.userId, actor.userId))
  const answer = await portal.post(paths.cart, fields)
  const html = await answer.text()
  expect([answer.status, html.includes('The request was not sent')]).toEqual([409, true])
  expect(html).toContain('Nothing was requested.')
  expect(html).toContain(note)
  expect(html).toContain('Your cart is empty')
})

test('a plan that was withdrawn, an app that was deleted and one that was frozen are told at their field', async () => {
  const actor = await world.superAdmin()
  const { portal, of, fields } = await openTab(actor)
  await db.delete(catalogPlans).where(eq(catalogPlans.planId, of.manual.id))
  const noPlan = await (await portal.post(paths.cart, fields)).text()
  expect(noPlan).toContain('This plan is not offered here any more')
  expect(noPlan).toContain(note)
  const [gone, frozen] = [await world.app(actor), await world.app(actor)]
  await db.delete(apps).where(eq(apps.id, gone.id))
  await db.update(apps).set({ frozenAt: 1 }).where(eq(apps.id, frozen.id))
  const wish = { ...fields, planId: of.auto.id, appChoice: 'existing' }
  await world.app(actor)
  const noApp = await portal.post(paths.cart, { ...wish, appId: gone.id })
  expect(noApp.status).toBe(404)
  const shown = await noApp.text()
  expect(shown).toContain('There is no such app of yours. Choose another one.')
  expect(shown).toContain(note)
  expect(await (await portal.post(paths.cart, { ...wish, appId: frozen.id })).text()).toContain(
    'This app is frozen. Choose another one.',
  )
  expect(await requestsOf(actor)).toEqual([])
})

test('who left a team keeps the cart, and reads why its catalog cannot be used', async () => {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const actor = await world.developer({ organizationId: organization.id, teamIds: [team.id] })
  const { portal, fields } = await openTab(actor, await offer('custom', { teamId: team.id }))
  await db.delete(teamMembers).where(eq(teamMembers.teamId, team.id))
  const answer = await portal.post(paths.cart, fields)
  const html = await answer.text()
  expect(answer.status).toBe(404)
  expect(html).toContain('You can no longer see this catalog')
  expect(html).toContain(`Your note was: ${note}`)
  expect(await db.select().from(cartItems).where(eq(cartItems.userId, actor.userId))).toHaveLength(2)
})

test('a product that was unpublished stays in the cart, says so, and holds nothing else up', async () => {
  const actor = await world.superAdmin()
  const { portal, of, second, fields } = await openTab(actor)
  await db.update(products).set({ state: 'draft' }).where(eq(products.id, second.id))
  const answer = await (await portal.post(paths.cart, fields)).text()
  expect(answer).toContain('This product is no longer published.')
  expect(answer).toContain(note)
  const now = await portal.get(paths.cart)
  const submissionId = /name="submissionId" value="([^"]*)"/.exec(now.html)?.[1] ?? ''
  const sent = await portal.post(paths.cart, { ...fields, submissionId, productIds: [of.product.id] })
  expect(sent.status).toBe(303)
})

test('the cart tells what the apps have already, and only of apps whose keys one may see', async () => {
  const organization = await world.organization()
  const actor = await world.superAdmin({ organizationId: organization.id })
  const of = await offer()
  const shared = await world.app(actor, { name: 'Shared shop' })
  await granted(actor, { app: shared.id, of })
  const colleague = await world.developer({ organizationId: organization.id })
  const hidden = await world.app(colleague, { visibility: 'personal', name: 'Hidden shop' })
  await requested(colleague, { app: hidden.id, of })
  await addToCart(contextFor(actor), { catalogId: of.catalog.id, productId: of.product.id })
  const portal = await signedIn(actor)
  const { html, response } = await portal.get(paths.cart)
  expect(response.headers.get('server-timing')).toBe('d1;desc="2 trips"')
  expect(html).toContain(`Shared shop has it under the plan ${of.auto.name}.`)
  expect(html).not.toContain('Hidden shop')
})

test('a key that fits can be chosen in the cart; a key of another organization is told like one that never was', async () => {
  const actor = await world.superAdmin()
  const of = await offer()
  const { appId } = await granted(actor, { of })
  const [credential] = await db.select().from(credentials).where(eq(credentials.appId, appId))
  const foreign = await granted(await world.superAdmin())
  const [foreignKey] = await db.select().from(credentials).where(eq(credentials.appId, foreign.appId))
  const { portal, second, fields } = await openTab(actor, of)
  await removeFromCart(contextFor(actor), { catalogId: of.catalog.id, productId: of.product.id })
  const { html } = await portal.get(paths.cart)
  expect(html).toContain(`(…${credential?.hint})`)
  expect(html).not.toContain(foreignKey?.id)
  const submissionId = /name="submissionId" value="([^"]*)"/.exec(html)?.[1] ?? ''
  const wish = {
    ...fields,
    submissionId,
    productIds: [second.id],
    planId: of.auto.id,
    appChoice: 'existing',
    appId,
  }
  const texts = []
  for (const credentialId of [foreignKey?.id ?? '', 'crd_none']) {
    const refused = await portal.post(paths.cart, { ...wish, credentialId })
    expect(refused.status).toBe(422)
    texts.push(/This credential cannot serve[^<]*/.exec(await refused.text())?.[0])
  }
  expect(texts[0]).toBe(texts[1])
  expect((await portal.post(paths.cart, { ...wish, credentialId: credential?.id ?? '' })).status).toBe(303)
  expect(await db.select().from(credentials).where(eq(credentials.appId, appId))).toHaveLength(1)
})
