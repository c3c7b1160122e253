// Who sees which catalog and product: every kind of person against every kind of catalog, on every query.
import { beforeAll, expect, test } from 'vitest'
import {
  getApiDocumentText,
  getGuidePage,
  getProductLogo,
  getProductPage,
} from '~/domain/catalog/queries.server'
import { getHomePage, listVisibleProducts } from '~/domain/catalog/queries-list.server'
import { getApiReference, getOperationPage } from '~/domain/catalog/queries-reference.server'
import { visibleCatalogs } from '~/domain/catalog/visibility.server'
import type { Actor } from '~/domain/kernel/actor'
import { NotFoundError } from '~/domain/kernel/errors'
import { catalogs } from '~db/schema'
import { contextFor, db, system, visitor } from '~test/support/context'
import { documentedProduct } from '~test/support/documents'
import * as world from '~test/support/world'

const everything = { catalog: null, tag: null, search: '', sort: 'name' } as const
const firstPage = { cursor: null, direction: 'next', size: 100 } as const

const kinds = ['public', 'private', 'organization', 'team', 'draft', 'nowhere'] as const
type Kind = (typeof kinds)[number]

let people: Record<string, Actor>
let slugs: Record<Kind, string>
/** A product that is in every catalog. */
let everywhere: string
let catalogNames: Record<'public' | 'private' | 'organization' | 'team', string>

beforeAll(async () => {
  const northwind = await world.organization()
  const checkout = await world.team(northwind.id)
  const elsewhere = await world.organization()
  const elsewhereTeam = await world.team(elsewhere.id)
  people = {
    visitor,
    member: await world.developer({ organizationId: northwind.id }),
    teamMember: await world.developer({ organizationId: northwind.id, teamIds: [checkout.id] }),
    stranger: await world.superAdmin({ organizationId: elsewhere.id, teamIds: [elsewhereTeam.id] }),
    solo: await world.developer(),
    admin: await world.admin(),
    system,
  }
  const made = {
    public: await world.catalog('public'),
    private: await world.catalog('private'),
    organization: await world.catalog('custom', { organizationId: northwind.id }),
    team: await world.catalog('custom', { teamId: checkout.id }),
  }
  const everyCatalog = Object.values(made).map((catalog) => catalog.id)
  catalogNames = {
    public: made.public.name,
    private: made.private.name,
    organization: made.organization.name,
    team: made.team.name,
  }
  everywhere = (await documentedProduct(everyCatalog)).slug
  slugs = {
    public: (await documentedProduct([made.public.id])).slug,
    private: (await documentedProduct([made.private.id])).slug,
    organization: (await documentedProduct([made.organization.id])).slug,
    team: (await documentedProduct([made.team.id])).slug,
    draft: (await documentedProduct(everyCatalog, { published: false })).slug,
    nowhere: (await documentedProduct([])).slug,
  }
})

const rules: [string, Kind[]][] = [
  ['visitor', ['public']],
  ['member', ['public', 'private', 'organization']],
  ['teamMember', ['public', 'private', 'organization', 'team']],
  ['stranger', ['public', 'private']],
  ['solo', ['public', 'private']],
  ['admin', [...kinds]],
  ['system', [...kinds]],
]

test.each(rules)('the list of a %s holds exactly the products of %j', async (name, seen) => {
  const ctx = contextFor(people[name] ?? visitor)
  const { page } = await listVisibleProducts(ctx, everything, firstPage)
  const found = new Set(page.rows.map((row) => row.slug))
  expect(kinds.filter((kind) => found.has(slugs[kind]))).toEqual(seen)
  const featured = new Set((await getHomePage(ctx, 100)).products.map((row) => row.slug))
  expect(kinds.filter((kind) => featured.has(slugs[kind]))).toEqual(seen.filter((kind) => kind !== 'draft'))
})

test.each(rules)(
  'a %s opens the page, reference, guide, document and logo of %j only',
  async (name, seen) => {
    const ctx = contextFor(people[name] ?? visitor)
    for (const kind of kinds) {
      const slug = slugs[kind]
      const opened = await Promise.all(
        [
          getProductPage(ctx, slug),
          getApiReference(ctx, slug, 'main', { group: null, search: '', from: 0 }),
          getOperationPage(ctx, slug, 'main', 'get-pet'),
          getGuidePage(ctx, slug, null),
          getGuidePage(ctx, slug, 'start'),
          getApiDocumentText(ctx, slug, 'main'),
          getProductLogo(ctx, slug),
        ].map((reading) =>
          reading.then(
            () => true,
            (error: unknown) => {
              if (error instanceof NotFoundError) return false
              throw error
            },
          ),
        ),
      )
      expect(opened, kind).toEqual(Array(7).fill(seen.includes(kind)))
    }
  },
)

test.each(rules)(
  'the filters, badges and offers of a %s name no catalog that is hidden',
  async (name, seen) => {
    const actor = people[name] ?? visitor
    const hidden = (['public', 'private', 'organization', 'team'] as const)
      .filter((kind) => !seen.includes(kind))
      .map((kind) => catalogNames[kind])
    const list = await listVisibleProducts(contextFor(actor), everything, firstPage)
    const page = await getProductPage(contextFor(actor), slugs.public)
    const rows = await db.select({ name: catalogs.name }).from(catalogs).where(visibleCatalogs(actor))
    const told = JSON.stringify([list, page, rows])
    for (const catalogName of hidden) expect(told).not.toContain(catalogName)
    expect(rows.map((row) => row.name)).toContain(catalogNames.public)
  },
)

test.each(rules)(
  'a %s finds a product by the catalogs that they see, not by the others',
  async (name, seen) => {
    const rows = await db.select({ name: catalogs.name, slug: catalogs.slug }).from(catalogs)
    for (const kind of ['public', 'private', 'organization', 'team'] as const) {
      const catalog = rows.find((row) => row.name === catalogNames[kind])?.slug ?? ''
      const ctx = contextFor(people[name] ?? visitor)
      const { page } = await listVisibleProducts(ctx, { ...everything, catalog }, firstPage)
      expect(
        page.rows.some((row) => row.slug === everywhere),
        kind,
      ).toBe(seen.includes(kind))
    }
  },
)

test('filtering by a hidden catalog, or by a tag of a hidden product, finds nothing', async () => {
  const team = await world.team('org_default')
  const catalog = await world.catalog('custom', { teamId: team.id })
  const tag = `secret ${crypto.randomUUID().slice(0, 8)}`
  const product = await documentedProduct([catalog.id], { tags: [tag] })
  const [row] = (await db.select().from(catalogs)).filter((one) => one.id === catalog.id)
  const find = async (actor: Actor, filter: object) =>
    (await listVisibleProducts(contextFor(actor), { ...everything, ...filter }, firstPage)).page.rows.map(
      (one) => one.slug,
    )
  const inTeam = await world.developer({ teamIds: [team.id] })
  for (const filter of [{ catalog: row?.slug }, { tag }, { search: product.slug }]) {
    expect(await find(visitor, filter)).toEqual([])
    expect(await find(inTeam, filter)).toEqual([product.slug])
  }
  expect((await listVisibleProducts(contextFor(visitor), everything, firstPage)).tags).not.toContain(tag)
})

test('a draft guide is shown to admins only', async () => {
  const asMember = await getGuidePage(contextFor(people['member'] ?? visitor), slugs.public, null)
  expect(asMember.product.guides.map((guide) => guide.slug)).toEqual(['start'])
  await expect(getGuidePage(contextFor(visitor), slugs.public, 'later')).rejects.toThrow(NotFoundError)
  const admin = contextFor(people['admin'] ?? visitor)
  expect((await getGuidePage(admin, slugs.public, 'later')).guide?.title).toBe('Later on')
})

test('a team counts only for those who are in it, and a product that is offered twice is listed once', async () => {
  const organization = await world.organization()
  const team = await world.team(organization.id)
  const wide = await world.catalog('custom', { organizationId: organization.id })
  const narrow = await world.catalog('custom', { teamId: team.id })
  await world.plan([wide.id])
  const product = await documentedProduct([wide.id, narrow.id])
  const offers = async (teamIds: `team_${string}`[]) => {
    const ctx = contextFor(await world.developer({ organizationId: organization.id, teamIds }))
    const { page } = await listVisibleProducts(ctx, { ...everything, search: product.slug }, firstPage)
    expect(page.rows).toHaveLength(1)
    return (await getProductPage(ctx, product.slug)).catalogs.map((one) => [one.id, one.plans.length])
  }
  expect(await offers([])).toEqual([[wide.id, 1]])
  expect((await offers([team.id])).sort()).toEqual(
    [
      [wide.id, 1],
      [narrow.id, 0],
    ].sort(),
  )
})
