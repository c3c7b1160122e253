// Making catalogs, products, plans, APIs and guides: one event each, and mistakes told at their field.
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createApi } from '~/domain/catalog/create-api.server'
import { createCatalog } from '~/domain/catalog/create-catalog.server'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { createPlan } from '~/domain/catalog/create-plan.server'
import { createProduct } from '~/domain/catalog/create-product.server'
import { createApiInput, createProductInput } from '~/domain/catalog/product'
import { publishProduct } from '~/domain/catalog/publish-product.server'
import type { EventType } from '~/domain/kernel/events'
import type { OrganizationId } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { catalogAudiences, catalogs, events, plans, products } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { done } from '~test/support/documents'
import * as world from '~test/support/world'

const unique = (word: string) => `${word}-${crypto.randomUUID().slice(0, 8)}`

const productInput = (slug = unique('product')) => ({
  name: 'Pets',
  slug,
  summary: 'About pets',
  description: 'Some **text**',
  tags: ['animals', 'animals'],
  featured: false,
  catalogIds: [] as `cat_${string}`[],
  logo: null,
})

const planInput = (name = unique('Plan')) => ({
  name,
  description: '',
  rateLimit: 5,
  ratePeriodSeconds: 10,
  quotaLimit: null,
  quotaPeriod: null,
  keyLifetimeDays: null,
  approval: 'auto' as const,
  catalogIds: [] as `cat_${string}`[],
})

const catalogInput = (changes: { name?: string; slug?: string } = {}) => ({
  name: unique('Catalog'),
  slug: unique('catalog'),
  visibility: 'custom' as const,
  audience: { organizationIds: [] as OrganizationId[], teamIds: [] },
  ...changes,
})

const fieldsOf = (result: Result<unknown>) => (result.ok ? null : Object.keys(result.error.fields ?? {}))

const eventsOf = (subjectId: string, type: EventType) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, subjectId), eq(events.type, type)))

test('a product begins as a draft and is published once, of 40 at once', async () => {
  const ctx = contextFor(system)
  const { productId } = done(await createProduct(ctx, productInput()))
  const state = () => db.select({ state: products.state }).from(products).where(eq(products.id, productId))
  expect(await state()).toEqual([{ state: 'draft' }])
  expect(ctx.announced).toHaveLength(1)
  const contexts = Array.from({ length: 40 }, () => contextFor(system))
  const results = await Promise.all(contexts.map((one) => publishProduct(one, productId)))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(results.flatMap((result) => (result.ok ? [] : [result.error.code]))).toEqual(
    Array(39).fill('already_decided'),
  )
  expect(await state()).toEqual([{ state: 'published' }])
  expect(await eventsOf(productId, 'product.published')).toHaveLength(1)
  expect(contexts.flatMap((one) => one.announced)).toHaveLength(1)
})

test('each command writes its event with names and without secrets', async () => {
  const ctx = contextFor(await world.admin())
  const { catalogId } = done(await createCatalog(ctx, catalogInput({ name: 'Event catalog' })))
  const { planId } = done(await createPlan(ctx, planInput('Event plan')))
  const { productId } = done(await createProduct(ctx, productInput()))
  const upstreamUrl = 'https://upstream.test/hidden/'
  const { apiId } = done(
    await createApi(ctx, productId, { slug: 'main', name: 'Main', version: '1', upstreamUrl }),
  )
  const guide = { slug: 'start', title: 'Start', body: 'x', position: 0, published: true }
  const { guideId } = done(await createGuide(ctx, productId, guide))
  const written = await Promise.all([
    eventsOf(catalogId, 'catalog.created'),
    eventsOf(planId, 'plan.created'),
    eventsOf(productId, 'product.created'),
    eventsOf(apiId, 'api.created'),
    eventsOf(guideId, 'guide.created'),
  ])
  expect(written.map((rows) => rows.length)).toEqual([1, 1, 1, 1, 1])
  expect(written.flat().map((row) => row.id)).toEqual(ctx.announced)
  expect(JSON.stringify(written)).toContain('Event plan')
  expect(JSON.stringify(written)).not.toContain('hidden')
})

test('of 40 products, catalogs, plans, APIs and guides with one slug or name each, one is made', async () => {
  const slug = unique('same')
  const ctx = contextFor(system)
  const { productId } = done(await createProduct(ctx, productInput()))
  const guide = { slug, title: 'Start', body: 'x', position: 0, published: true }
  const api = { slug, name: 'Main', version: '1', upstreamUrl: null }
  const makers: [string, () => Promise<Result<unknown>>][] = [
    ['slug', () => createProduct(contextFor(system), productInput(slug))],
    ['slug', () => createCatalog(contextFor(system), catalogInput({ slug }))],
    ['name', () => createPlan(contextFor(system), planInput(slug))],
    ['slug', () => createApi(contextFor(system), productId, api)],
    ['slug', () => createGuide(contextFor(system), productId, guide)],
  ]
  for (const [field, make] of makers) {
    const results = await Promise.all(Array.from({ length: 40 }, make))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(new Set(results.filter((result) => !result.ok).flatMap(fieldsOf))).toEqual(new Set([field]))
  }
})

test('names of catalogs and plans are taken without regard to case and space', async () => {
  const name = unique('Gold')
  done(await createPlan(contextFor(system), planInput(name)))
  expect(fieldsOf(await createPlan(contextFor(system), planInput(` ${name.toUpperCase()} `)))).toEqual([
    'name',
  ])
  expect(
    await db
      .select()
      .from(plans)
      .where(eq(plans.name, ` ${name.toUpperCase()} `)),
  ).toEqual([])
  done(await createCatalog(contextFor(system), catalogInput({ name })))
  expect(
    fieldsOf(await createCatalog(contextFor(system), catalogInput({ name: name.toUpperCase() }))),
  ).toEqual(['name'])
})

test('a catalog keeps a great audience, each member once; a member that is gone is told', async () => {
  const people = await Promise.all(Array.from({ length: 60 }, () => world.organization()))
  const organizationIds = people.flatMap((one) => [one.id, one.id])
  const input = catalogInput()
  const teamIds = people.map((one) => one.allUsersId)
  const audience = { organizationIds, teamIds }
  const { catalogId } = done(await createCatalog(contextFor(system), { ...input, audience }))
  const rows = await db.select().from(catalogAudiences).where(eq(catalogAudiences.catalogId, catalogId))
  expect(rows).toHaveLength(120)
  expect(rows.filter((row) => row.organizationId !== null)).toHaveLength(60)
  const gone = catalogInput()
  const failed = await createCatalog(contextFor(system), {
    ...gone,
    audience: { organizationIds: ['org_gone'], teamIds: [] },
  })
  expect(fieldsOf(failed)).toEqual(['audience'])
  expect(await db.select().from(catalogs).where(eq(catalogs.slug, gone.slug))).toEqual([])
})

test('a product or a plan in a catalog that is gone is told, and nothing is made', async () => {
  const input = { ...productInput(), catalogIds: ['cat_gone' as const] }
  expect(fieldsOf(await createProduct(contextFor(system), input))).toEqual(['catalogIds'])
  expect(await db.select().from(products).where(eq(products.slug, input.slug))).toEqual([])
  const plan = { ...planInput(), catalogIds: ['cat_gone' as const] }
  expect(fieldsOf(await createPlan(contextFor(system), plan))).toEqual(['catalogIds'])
})

test('an API or a guide of a product that does not exist is not made', async () => {
  const ctx = contextFor(system)
  const api = { slug: 'main', name: 'Main', version: '1', upstreamUrl: null }
  const guide = { slug: 'start', title: 'Start', body: 'x', position: 0, published: true }
  for (const result of [
    await createApi(ctx, 'prd_none', api),
    await createGuide(ctx, 'prd_none', guide),
    await publishProduct(ctx, 'prd_none'),
  ])
    expect(result).toMatchObject({ ok: false, error: { code: 'not_found' } })
  expect(ctx.announced).toEqual([])
})

test.each([
  ['https://api.example.com/v1', true],
  ['http://127.0.0.1:9000', true],
  [null, true],
  ['ftp://example.com', false],
  ['https://example.com/a?b=c', false],
  ['https://example.com/#a', false],
  ['javascript:alert(1)', false],
  ['example.com', false],
])('the upstream %s is taken: %s', (upstreamUrl, taken) => {
  const api = { slug: 'main', name: 'Main', version: '1', upstreamUrl }
  expect(createApiInput.safeParse(api).success).toBe(taken)
})

test.each(['Pets', 'pets--api', '-pets', 'pets/..', '', 'ü', 'a'.repeat(61)])(
  'the slug %j is refused',
  (slug) => {
    expect(createProductInput.safeParse(productInput(slug)).success).toBe(false)
  },
)

test('a logo of more than 256 KB or of another kind is refused', () => {
  const withLogo = (contentType: string, size: number) =>
    createProductInput.safeParse({ ...productInput(), logo: { contentType, bytes: new Uint8Array(size) } })
      .success
  expect(withLogo('image/png', 256 * 1024)).toBe(true)
  expect(withLogo('image/png', 256 * 1024 + 1)).toBe(false)
  expect(withLogo('text/html', 10)).toBe(false)
})
