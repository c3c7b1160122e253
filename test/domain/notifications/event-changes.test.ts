import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { updateApp } from '~/domain/apps/update-app.server'
import { addToAudience } from '~/domain/catalog/add-to-audience.server'
import { createApi } from '~/domain/catalog/create-api.server'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { editApi } from '~/domain/catalog/edit-api.server'
import { moveApi } from '~/domain/catalog/move-api.server'
import { moveGuide } from '~/domain/catalog/move-guide.server'
import { moveInCatalog } from '~/domain/catalog/move-in-catalog.server'
import { offerInCatalog } from '~/domain/catalog/offer-in-catalog.server'
import { removeFromAudience } from '~/domain/catalog/remove-from-audience.server'
import { takeFromCatalog } from '~/domain/catalog/take-from-catalog.server'
import { editGateway } from '~/domain/gateway/edit-gateway.server'
import { type EventType, eventTypes } from '~/domain/kernel/events'
import { webhookBody } from '~/domain/notifications/webhook-payload'
import { events } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { done } from '~test/support/documents'
import { canary, changes, told } from '~test/support/edits'
import { offerEdits } from '~test/support/edits-offer'
import { peopleEdits } from '~test/support/edits-people'
import { gateway } from '~test/support/external-gateways'
import { signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

const ctx = async () => contextFor(await world.admin())
const edits = { ...offerEdits, ...peopleEdits }

/** They tell of a change in another way: by lists, by both texts of a mail, by the sentence, or of a key's limits (own tests). */
const toldOtherwise: EventType[] = [
  ...([
    'user.email_changed',
    'user.password_changed',
    'user.two_factor_changed',
    'user.factor_changed',
  ] as const),
  ...(['settings.email_changed', 'team.members_changed', 'credential.limits_changed'] as const),
]

test('every kind of edit is in the table', () => {
  const known = [...Object.keys(edits), ...toldOtherwise]
  const all = eventTypes.filter((type) => /(changed|renamed|moved|transferred|imported)$/.test(type))
  expect(all.filter((type) => type !== 'member.removed' && !known.includes(type))).toEqual([])
})

test.each(Object.entries(edits))(
  '%s tells each field that changed, from what to what, and no other',
  async (type, { run, expected }) => {
    const subjectId = await run()
    expect(await changes(type as EventType, subjectId)).toEqual(expected)
    const rows = await db.select().from(events).where(eq(events.subjectId, subjectId))
    expect(JSON.stringify(rows.map((row) => row.data))).not.toContain(canary)
  },
)

test('whom a catalog is for is told as it was and as it is', async () => {
  const admin = await ctx()
  const { id } = await world.catalog('custom')
  const [first, second] = [
    await world.organization({ name: 'Beta org' }),
    await world.organization({ name: 'alpha org' }),
  ]
  const team = await world.team(first.id, 'Team T')
  done(await addToAudience(admin, id, { member: first.id }))
  expect(await changes('catalog.changed', id)).toEqual(['Audience: none → Beta org'])
  done(await addToAudience(admin, id, { member: second.id }))
  done(await addToAudience(admin, id, { member: team.id }))
  const all = 'alpha org, Beta org, team Team T of Beta org'
  expect(await changes('catalog.changed', id)).toEqual([`Audience: alpha org, Beta org → ${all}`])
  done(await removeFromAudience(admin, id, { member: first.id }))
  expect(await changes('catalog.changed', id)).toEqual([
    `Audience: ${all} → alpha org, team Team T of Beta org`,
  ])
})

test('offers of a catalog and their order are told as they were and as they are', async () => {
  const admin = await ctx()
  const { id } = await world.catalog()
  const [a, b, c] = [
    await world.product([id], { name: 'A' }),
    await world.product([id], { name: 'B' }),
    await world.product([], { name: 'C' }),
  ]
  const last = async () => changes('catalog.changed', id)
  done(await offerInCatalog(admin, id, { item: c.id }))
  expect(await last()).toEqual(['Products: A, B → A, B, C'])
  done(await moveInCatalog(admin, id, { item: c.id, direction: 'up' }))
  expect(await last()).toEqual(['Products: A, B, C → A, C, B', 'Place: 3 → 2'])
  done(await moveInCatalog(admin, id, { item: a.id, direction: 'up' }))
  expect(await last()).toEqual([])
  done(await takeFromCatalog(admin, id, { item: b.id }))
  expect(await last()).toEqual(['Products: A, C, B → A, C'])
  const plan = await world.plan([])
  done(await offerInCatalog(admin, id, { item: plan.id }))
  expect(await last()).toEqual([`Plans: none → ${plan.name}`])
  const product = await world.product([])
  const api = { slug: 'second', name: 'Second API', version: '1', upstreamUrl: null }
  const { apiId } = done(await createApi(admin, product.id, api))
  done(await moveApi(admin, product.id, apiId, { direction: 'up' }))
  expect(await changes('api.changed', apiId)).toEqual([
    'APIs: Main API, Second API → Second API, Main API',
    'Place: 2 → 1',
  ])
  const guide = { slug: 'one', title: 'One', body: 'x', position: null, published: true }
  const { guideId } = done(await createGuide(admin, product.id, guide))
  done(await createGuide(admin, product.id, { ...guide, slug: 'two', title: 'Two' }))
  done(await moveGuide(admin, product.id, guideId, { direction: 'down' }))
  expect(await changes('guide.changed', guideId)).toEqual(['Guides: One, Two → Two, One', 'Place: 1 → 2'])
})

test('of a long list twenty names are kept and the others counted, and a move beyond them tells the place', async () => {
  const admin = await ctx()
  const { id } = await world.catalog()
  const made = []
  for (let at = 10; at < 34; at += 1) made.push(await world.product([id], { name: `P${at}` }))
  const extra = await world.product([], { name: 'Extra' })
  done(await offerInCatalog(admin, id, { item: extra.id }))
  const twenty = made.slice(0, 20).map(({ name }) => name)
  expect((await told('catalog.changed', id)).data).toMatchObject({
    change: 'added Extra',
    productsBefore: [...twenty, 'and 4 more'],
    products: [...twenty, 'and 5 more'],
  })
  done(await moveInCatalog(admin, id, { item: extra.id, direction: 'up' }))
  expect(await changes('catalog.changed', id)).toEqual(['Place: 25 → 24'])
  const admins = await signedIn(await world.admin())
  const { html } = await admins.get(`/admin/audit-log/${(await told('catalog.changed', id)).id}`)
  expect(html).toMatch(/What changed[\s\S]*Place[\s\S]*>25<[\s\S]*>24</)
})

test('of moves at once each tells what the one before it left', async () => {
  const admin = await ctx()
  const { id } = await world.catalog()
  const made = []
  for (const name of ['A', 'B', 'C', 'D']) made.push(await world.product([id], { name }))
  await Promise.all(
    made.flatMap(({ id: item }) => [
      moveInCatalog(admin, id, { item, direction: 'down' }),
      moveInCatalog(admin, id, { item, direction: 'up' }),
    ]),
  )
  const rows = await db.select().from(events).where(eq(events.subjectId, id))
  const steps = new Map<string, number>()
  for (const { data } of rows) {
    const [from, to] = [String(data['productsBefore']), String(data['products'])]
    steps.set(from, (steps.get(from) ?? 0) + 1)
    steps.set(to, (steps.get(to) ?? 0) - 1)
  }
  // Each order that was left was arrived at, but for the first and the last: a chain without a gap.
  const ends = [...steps].filter(([, balance]) => balance !== 0)
  expect(rows).toHaveLength(8)
  expect(ends.length === 0 || (ends.length === 2 && steps.get('A,B,C,D') === 1)).toBe(true)
})

test('of edits at once each tells what the one before it left', async () => {
  const { id, apiId } = await world.product([])
  const input = { slug: 'main', version: '1.0.0', upstreamUrl: null, accepts: ['api_key' as const] }
  const context = await ctx()
  await Promise.all(
    Array.from({ length: 12 }, (_, at) => editApi(context, id, apiId, { ...input, name: `Name ${at}` })),
  )
  const rows = await db.select().from(events).where(eq(events.subjectId, apiId)).orderBy(events.id)
  const steps = rows.map(({ data }) => [data['nameBefore'], data['name']])
  // Each name is left once and arrived at once: a chain without a gap.
  expect(new Set(steps.map(([from]) => from)).size).toBe(12)
  expect(steps.map(([from]) => from)).toContain('Main API')
})

test('webhooks are told of an edit by its public fields alone', async () => {
  const { id, host } = await gateway()
  const input = { name: 'Renamed', baseUrl: `https://${host}`, publicUrl: 'https://other.example' }
  done(
    await editGateway(await ctx(), id, { ...input, externalOrgId: 'org-private', headerName: 'X-Private' }),
  )
  const owner = await world.superAdmin()
  const app = await world.app(owner, { name: 'Old', description: 'private words' })
  const changed = {
    name: 'New',
    description: 'new private words',
    redirectUrls: ['https://private.example/'],
  }
  done(await updateApp(contextFor(owner), app.id, { ...changed, visibility: 'organization', teamId: null }))
  const body = webhookBody(await told('gateway.changed', id), 'portal')
  expect(body).not.toMatch(/private|other\.example|Before/i)
  const ofApp = webhookBody(await told('app.changed', app.id), 'organization')
  expect(ofApp).toContain('"name":"New","nameBefore":"Old"')
  expect(ofApp).not.toMatch(/private/)
})
