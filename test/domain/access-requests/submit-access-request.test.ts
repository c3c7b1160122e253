import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { submitAccessRequestInput } from '~/domain/access-requests/access-request'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { getCart } from '~/domain/access-requests/queries-cart.server'
import { submitAccessRequest } from '~/domain/access-requests/submit-access-request.server'
import type { NewApp } from '~/domain/apps/app'
import { isWellFormedApiKey } from '~/domain/apps/credential-key'
import type { DeveloperActor } from '~/domain/kernel/actor'
import {
  accessRequestProducts,
  accessRequests,
  apps,
  cartItems,
  catalogProducts,
  catalogs,
  credentialRequests,
  credentials,
  events,
  organizations,
  plans,
  products,
  teamMembers,
  users,
} from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { granted, type Offer, offer, submission } from '~test/support/requests'
import * as world from '~test/support/world'

const newApp: NewApp = {
  name: 'Brand new',
  description: 'Tries things',
  visibility: 'organization',
  teamId: null,
  redirectUrls: ['https://client.example/back'],
}

async function withCart(actor: DeveloperActor, of?: Offer) {
  const offered = of ?? (await offer())
  await addToCart(contextFor(actor), { catalogId: offered.catalog.id, productId: offered.product.id })
  return offered
}

const eventsOf = (appId: `app_${string}`) =>
  db.select().from(events).where(eq(events.appId, appId)).orderBy(events.createdAt)

test('a request under a manual plan waits, keeps the plan’s terms of the day, and empties its part of the cart', async () => {
  const actor = await world.superAdmin()
  const of = await withCart(actor)
  const other = await withCart(actor)
  const app = await world.app(actor)
  const ctx = contextFor(actor)
  const result = await submitAccessRequest(ctx, submission(of, app.id, { note: 'For our shop' }))
  if (!result.ok) throw new Error(result.error.message)
  expect(result.value).toMatchObject({ appId: app.id, state: 'pending' })
  await db.update(plans).set({ name: 'Renamed', quotaLimit: 1 }).where(eq(plans.id, of.manual.id))
  const [row] = await db.select().from(accessRequests).where(eq(accessRequests.id, result.value.requestId))
  expect(row).toMatchObject({
    appId: app.id,
    organizationId: actor.organizationId,
    requesterId: actor.userId,
    catalogId: of.catalog.id,
    planId: of.manual.id,
    planName: of.manual.name,
    rateLimit: 5,
    ratePeriodSeconds: 10,
    quotaLimit: 1000,
    quotaPeriod: 'day',
    keyLifetimeDays: null,
    note: 'For our shop',
    state: 'pending',
    decidedAt: null,
  })
  expect((await getCart(ctx)).sections.map((section) => section.catalogId)).toEqual([other.catalog.id])
  expect(await db.select().from(credentials).where(eq(credentials.appId, app.id))).toEqual([])
  const [event, ...more] = await eventsOf(app.id)
  expect(more).toEqual([])
  expect(event).toMatchObject({
    type: 'access_request.submitted',
    actorId: actor.userId,
    organizationId: actor.organizationId,
    data: {
      app: app.name,
      products: [of.product.name],
      plan: of.manual.name,
      catalog: of.catalog.name,
      requester: actor.name,
      autoApproved: false,
    },
  })
  expect(ctx.announced).toEqual([event?.id])
})

test('a request may make its app: named, shared and owned as the actor’s organization allows', async () => {
  const actor = await world.superAdmin()
  const of = await withCart(actor)
  const result = await submitAccessRequest(contextFor(actor), submission(of, newApp))
  if (!result.ok) throw new Error(result.error.message)
  const [app] = await db.select().from(apps).where(eq(apps.id, result.value.appId))
  expect(app).toMatchObject({
    ...newApp,
    ownerId: actor.userId,
    organizationId: actor.organizationId,
    nameKey: 'brand new',
  })
  expect((await eventsOf(result.value.appId)).map((event) => event.type).sort()).toEqual([
    'access_request.submitted',
    'app.created',
  ])
})

test('in the default organization a new app is personal, whatever was asked for', async () => {
  const actor = await world.developer()
  const of = await withCart(actor)
  const result = await submitAccessRequest(
    contextFor(actor),
    submission(of, { ...newApp, visibility: 'team', teamId: 'team_default' }),
  )
  if (!result.ok) throw new Error(result.error.message)
  const [app] = await db.select().from(apps).where(eq(apps.id, result.value.appId))
  expect(app).toMatchObject({ visibility: 'personal', teamId: null })
})

test('a plan that approves by itself issues the key in the same write, by the portal and not by the developer', async () => {
  const actor = await world.superAdmin()
  const of = await withCart(actor)
  const ctx = contextFor(actor)
  const result = await submitAccessRequest(ctx, submission(of, newApp, { planId: of.auto.id }))
  if (!result.ok) throw new Error(result.error.message)
  const { requestId, appId } = result.value
  expect(result.value.state).toBe('approved')
  const [row] = await db.select().from(credentials).where(eq(credentials.appId, appId))
  expect(row).toMatchObject({
    state: 'active',
    type: 'api_key',
    showOnce: false,
    expiresAt: ctx.now + 30 * 86_400_000,
  })
  const key = await ctx.vault.open(row?.secretCipher ?? '', row?.id ?? '')
  expect(isWellFormedApiKey(key)).toBe(true)
  expect(row?.secretHash).toBe(await ctx.tokens.hash(key))
  expect(row?.hint).toBe(key.slice(-4))
  expect(
    await db.select().from(credentialRequests).where(eq(credentialRequests.requestId, requestId)),
  ).toHaveLength(1)
  const told = await eventsOf(appId)
  expect(told.map((event) => [event.type, event.actorType]).sort()).toEqual([
    ['access_request.approved', 'system'],
    ['access_request.submitted', 'developer'],
    ['app.created', 'developer'],
    ['credential.issued', 'system'],
  ])
  expect(JSON.stringify(told)).not.toContain(key)
  expect(ctx.announced).toHaveLength(4)
})

test('with secrets shown once, the key is sealed for exactly one reveal', async () => {
  await world.setSettings({ showSecretsOnce: true })
  const { appId } = await granted(await world.superAdmin())
  await world.setSettings({ showSecretsOnce: false })
  const [row] = await db.select().from(credentials).where(eq(credentials.appId, appId))
  expect(row).toMatchObject({ showOnce: true, secretCipher: expect.stringMatching(/^v1\./) })
})

test('the same form sent 40 times at once is one request, one app and one answer', {
  timeout: 120_000,
}, async () => {
  const actor = await world.superAdmin()
  const of = await withCart(actor)
  const input = submission(of, newApp, { planId: of.auto.id })
  const results = await Promise.all(
    Array.from({ length: 40 }, () => submitAccessRequest(contextFor(actor), input)),
  )
  const answers = new Set(
    results.map((result) => (result.ok ? JSON.stringify(result.value) : result.error.message)),
  )
  expect([...answers]).toHaveLength(1)
  expect(results.every((result) => result.ok)).toBe(true)
  const made = await db.select().from(apps).where(eq(apps.ownerId, actor.userId))
  expect(made).toHaveLength(1)
  expect(
    await db
      .select()
      .from(credentials)
      .where(eq(credentials.appId, made[0]?.id ?? 'app_none')),
  ).toHaveLength(1)
  expect(await eventsOf(made[0]?.id ?? 'app_none')).toHaveLength(4)
})

test('two tabs that ask for the same cart under different plans: one is sent, the other is told', async () => {
  const actor = await world.superAdmin()
  const of = await withCart(actor)
  const app = await world.app(actor)
  const first = submission(of, app.id)
  expect((await submitAccessRequest(contextFor(actor), first)).ok).toBe(true)
  const second = await submitAccessRequest(contextFor(actor), { ...first, planId: of.auto.id })
  expect(second.ok || second.error).toMatchObject({
    code: 'cart_changed',
    message: expect.stringContaining('already requested'),
  })
})

test('one app never holds a product twice under the same plan, not even by 40 requests at once', {
  timeout: 120_000,
}, async () => {
  const actor = await world.superAdmin()
  const of = await withCart(actor)
  const app = await world.app(actor)
  const results = await Promise.all(
    Array.from({ length: 40 }, () => submitAccessRequest(contextFor(actor), submission(of, app.id))),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(new Set(results.flatMap((result) => (result.ok ? [] : [result.error.code])))).toEqual(
    new Set(['cart_changed']),
  )
  await withCart(actor, of)
  const again = await submitAccessRequest(contextFor(actor), submission(of, app.id))
  expect(again.ok || again.error).toMatchObject({
    code: 'already_requested',
    message: expect.stringContaining(of.product.name),
  })
  expect(
    (await submitAccessRequest(contextFor(actor), submission(of, app.id, { planId: of.auto.id }))).ok,
  ).toBe(true)
})

test('teammates who put the same product on one app at the same moment: one request, the others are told', async () => {
  const organization = await world.organization()
  const people = await Promise.all(
    Array.from({ length: 10 }, () => world.developer({ organizationId: organization.id })),
  )
  const of = await offer()
  const app = await world.app(people[0] as DeveloperActor)
  for (const person of people) await withCart(person, of)
  const results = await Promise.all(
    people.map((person) => submitAccessRequest(contextFor(person), submission(of, app.id))),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(new Set(results.flatMap((result) => (result.ok ? [] : [result.error.code])))).toEqual(
    new Set(['already_requested']),
  )
  const live = await db
    .select()
    .from(accessRequestProducts)
    .where(and(eq(accessRequestProducts.appId, app.id), eq(accessRequestProducts.live, true)))
  expect(live).toHaveLength(1)
  expect((await eventsOf(app.id)).map((event) => event.type)).toEqual(['access_request.submitted'])
})

test('a cart that changed since the page was loaded is not requested', async () => {
  const actor = await world.superAdmin()
  const of = await withCart(actor)
  const app = await world.app(actor)
  await db.delete(cartItems).where(eq(cartItems.userId, actor.userId))
  const result = await submitAccessRequest(contextFor(actor), submission(of, app.id))
  expect(result.ok || result.error.code).toBe('cart_changed')
  expect(await eventsOf(app.id)).toEqual([])
})

test.each<[string, string, (of: Offer) => Promise<unknown>]>([
  [
    'unpublished',
    'not_requestable',
    (of) => db.update(products).set({ state: 'draft' }).where(eq(products.id, of.product.id)),
  ],
  [
    'taken out of the catalog',
    'not_requestable',
    (of) => db.delete(catalogProducts).where(eq(catalogProducts.productId, of.product.id)),
  ],
  [
    'hidden with its catalog',
    'not_found',
    (of) => db.update(catalogs).set({ visibility: 'custom' }).where(eq(catalogs.id, of.catalog.id)),
  ],
])('a product that was %s meanwhile is not requested', async (_what, code, change) => {
  const actor = await world.superAdmin()
  const of = await withCart(actor)
  const app = await world.app(actor)
  await change(of)
  const result = await submitAccessRequest(contextFor(actor), submission(of, app.id))
  expect(result.ok || result.error.code).toBe(code)
  expect(await eventsOf(app.id)).toEqual([])
  expect(await db.select().from(cartItems).where(eq(cartItems.userId, actor.userId))).toHaveLength(1)
})

test('an archived plan and a plan of another catalog are refused at the field', async () => {
  const actor = await world.superAdmin()
  const of = await withCart(actor)
  const other = await offer()
  const app = await world.app(actor)
  await db.update(plans).set({ archivedAt: Date.now() }).where(eq(plans.id, of.manual.id))
  for (const planId of [of.manual.id, other.auto.id]) {
    const result = await submitAccessRequest(contextFor(actor), submission(of, app.id, { planId }))
    expect(result.ok || result.error.fields).toHaveProperty('planId')
  }
  expect(await eventsOf(app.id)).toEqual([])
})

test('an app that the actor cannot use does not exist: another organization’s, a personal one, a team’s, also for a super admin', async () => {
  const organization = await world.organization()
  const actor = await world.superAdmin({ organizationId: organization.id })
  const member = await world.developer({ organizationId: organization.id })
  const team = await world.team(organization.id)
  const foreign = await world.app(await world.superAdmin())
  const personal = await world.app(member, { visibility: 'personal' })
  const teams = await world.app(actor, { visibility: 'team', teamId: team.id })
  const of = await withCart(actor)
  await withCart(member, of)
  for (const [person, appId] of [
    [actor, foreign.id],
    [actor, personal.id],
    [member, teams.id],
  ] as const) {
    const result = await submitAccessRequest(contextFor(person), submission(of, appId))
    expect(result.ok || result.error.code).toBe('not_found')
    expect(await eventsOf(appId)).toEqual([])
  }
  expect((await submitAccessRequest(contextFor(actor), submission(of, teams.id))).ok).toBe(true)
})

test('a new app is shared with one’s own teams only', async () => {
  const organization = await world.organization()
  const [own, others] = [await world.team(organization.id), await world.team(organization.id)]
  const foreign = await world.team((await world.organization()).id)
  const member = await world.developer({ organizationId: organization.id, teamIds: [own.id] })
  const of = await withCart(member)
  for (const teamId of [others.id, foreign.id]) {
    const result = await submitAccessRequest(
      contextFor(member),
      submission(of, { ...newApp, visibility: 'team', teamId }),
    )
    expect(result.ok || result.error.code).toBe('not_found')
  }
  expect(await db.select().from(apps).where(eq(apps.ownerId, member.userId))).toEqual([])
  expect(
    (
      await submitAccessRequest(
        contextFor(member),
        submission(of, { ...newApp, visibility: 'team', teamId: own.id }),
      )
    ).ok,
  ).toBe(true)
})

test('who left the team, was deactivated or whose organization is suspended since the request began, requests nothing', async () => {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const member = await world.developer({ organizationId: organization.id, teamIds: [team.id] })
  const shared = await world.app(await world.superAdmin({ organizationId: organization.id }), {
    visibility: 'team',
    teamId: team.id,
  })
  const of = await withCart(member)
  await db
    .delete(teamMembers)
    .where(and(eq(teamMembers.userId, member.userId), eq(teamMembers.teamId, team.id)))
  const left = await submitAccessRequest(contextFor(member), submission(of, shared.id))
  expect(left.ok || left.error.code).toBe('not_found')
  await db.update(organizations).set({ state: 'suspended' }).where(eq(organizations.id, organization.id))
  const suspended = await submitAccessRequest(contextFor(member), submission(of, newApp))
  expect(suspended.ok || suspended.error.code).toBe('not_allowed')
  await db.update(organizations).set({ state: 'active' }).where(eq(organizations.id, organization.id))
  await db.update(users).set({ state: 'deactivated' }).where(eq(users.id, member.userId))
  expect((await submitAccessRequest(contextFor(member), submission(of, newApp))).ok).toBe(false)
  expect(await db.select().from(accessRequests).where(eq(accessRequests.requesterId, member.userId))).toEqual(
    [],
  )
})

test('nobody can take another user’s submission id, or read its answer', async () => {
  const [one, two] = [await world.superAdmin(), await world.superAdmin()]
  const of = await withCart(one)
  await withCart(two, of)
  const submissionId = crypto.randomUUID()
  const first = await submitAccessRequest(contextFor(one), submission(of, newApp, { submissionId }))
  const second = await submitAccessRequest(contextFor(two), submission(of, newApp, { submissionId }))
  expect(first.ok && second.ok && first.value.requestId !== second.value.requestId).toBe(true)
})

test('the form asks for what is missing, at its field', () => {
  const base = {
    submissionId: 'abcdefgh',
    catalogId: 'cat_1',
    productIds: ['prd_1'],
    planId: 'pln_1',
    appChoice: 'new',
  }
  const problems = (form: Record<string, unknown>) =>
    submitAccessRequestInput.safeParse(form).error?.issues.map((issue) => issue.path.join('.')) ?? []
  expect(problems({ ...base, appName: 'My app' })).toEqual([])
  expect(problems(base)).toEqual(['appName'])
  expect(problems({ ...base, appName: 'My app', planId: undefined })).toEqual(['planId'])
  expect(problems({ ...base, appChoice: 'existing' })).toEqual(['appId'])
  expect(problems({ ...base, appName: 'My app', appVisibility: 'team' })).toEqual(['appTeamId'])
  for (const url of [
    'http://shop.example/back',
    'javascript:alert(1)',
    'https://shop.example/#x',
    'not a url',
  ]) {
    expect(problems({ ...base, appName: 'My app', appRedirectUrls: url })).toEqual(['appRedirectUrls'])
  }
  expect(
    problems({
      ...base,
      appName: 'My app',
      appRedirectUrls: 'https://a.example/x\r\nhttp://localhost:3000/cb',
    }),
  ).toEqual([])
})
