import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { paths } from '~/platform/paths'
import { catalogAudiences, catalogs, productTags } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

// Each test opens dozens of pages, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const offers = ['public', 'private', 'organization', 'team', 'several', 'draft'] as const
type Offer = (typeof offers)[number]
type Shown = { name: string; slug: string; tag: string; catalogName: string; catalogSlug: string }

/** Who sees what; `draft` stands in a public catalog. */
const sees: Record<string, Offer[]> = {
  visitor: ['public'],
  'developer of the default organization': ['public', 'private'],
  'member of the organization': ['public', 'private', 'organization', 'several'],
  'member of another organization': ['public', 'private'],
  'member of the team': ['public', 'private', 'team', 'several'],
  'member of another team of the same organization': ['public', 'private'],
  admin: [...offers],
}

const shown = {} as Record<Offer, Shown>
const portals: Record<string, Portal> = {}

async function offer(name: Offer, catalog: { id: `cat_${string}`; name: string }) {
  const ctx = contextFor({ type: 'system' })
  const logo = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
  const product = await world.product([catalog.id], {
    logoContentType: 'image/svg+xml',
    logoData: logo,
    featured: true,
    ...(name === 'draft' ? { state: 'draft', publishedAt: null } : {}),
  })
  const tag = `tag-of-${name}`
  await db.insert(productTags).values({ productId: product.id, tag })
  const operation = { operationId: 'listThings', summary: `Things of ${name}`, responses: {} }
  const path = { '/things': { get: operation } }
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: path })
  const guide = { slug: 'start', title: 'Start', body: 'Text', position: 0, published: true }
  for (const result of [
    await importApiDocument(ctx, product.apiId, text),
    await createGuide(ctx, product.id, guide),
  ])
    if (!result.ok) throw new Error(result.error.message)
  const [row] = await db.select({ slug: catalogs.slug }).from(catalogs).where(eq(catalogs.id, catalog.id))
  shown[name] = {
    name: product.name,
    slug: product.slug,
    tag,
    catalogName: catalog.name,
    catalogSlug: row?.slug ?? '',
  }
}

beforeAll(async () => {
  const organization = await world.organization()
  const ofTeam = await world.organization()
  const team = await world.team(ofTeam.id)
  const otherTeam = await world.team(ofTeam.id)
  const open = await world.catalog('public')
  await offer('public', open)
  await offer('draft', open)
  await offer('private', await world.catalog('private'))
  await offer('organization', await world.catalog('custom', { organizationId: organization.id }))
  await offer('team', await world.catalog('custom', { teamId: team.id }))
  const several = await world.catalog('custom', { organizationId: organization.id })
  await db.insert(catalogAudiences).values({ id: 'aud_several', catalogId: several.id, teamId: team.id })
  await offer('several', several)
  const other = (await world.organization()).id
  Object.assign(portals, {
    visitor: new Portal(),
    'developer of the default organization': await signedIn(await world.developer()),
    'member of the organization': await signedIn(await world.developer({ organizationId: organization.id })),
    'member of another organization': await signedIn(await world.developer({ organizationId: other })),
    'member of the team': await signedIn(
      await world.developer({ organizationId: ofTeam.id, teamIds: [team.id] }),
    ),
    'member of another team of the same organization': await signedIn(
      await world.developer({ organizationId: ofTeam.id, teamIds: [otherTeam.id] }),
    ),
    admin: await signedIn(await world.admin()),
  })
})

afterAll(() => world.setSettings({ visibility: 'public' }))

const pagesOf = (slug: string) => [
  paths.product(slug),
  `${paths.product(slug)}.data`,
  paths.productApi(slug, 'main'),
  `${paths.productApi(slug, 'main')}.data`,
  paths.productApiGroup(slug, 'main', 'operations'),
  `${paths.productApi(slug, 'main')}?q=things`,
  paths.productOperation(slug, 'main', 'list-things'),
  `${paths.productOperation(slug, 'main', 'list-things')}.data`,
  paths.asMarkdown(paths.product(slug)),
  paths.asMarkdown(paths.productApi(slug, 'main')),
  paths.asMarkdown(paths.productOperation(slug, 'main', 'list-things')),
  paths.asMarkdown(paths.productGuide(slug, 'start')),
  paths.productApiDocument(slug, 'main'),
  paths.productGuides(slug),
  paths.productGuide(slug, 'start'),
  `${paths.productGuide(slug, 'start')}.data`,
  paths.productLogo(slug),
]

test.each(Object.entries(sees))(
  '%s: every address of a product that is not for them answers 404, and the others are pages',
  async (who, seen) => {
    for (const name of offers) {
      for (const path of pagesOf(shown[name].slug)) {
        const response = await portals[who]?.request(path)
        const body = (await response?.text()) ?? ''
        expect([path, response?.status]).toEqual([path, seen.includes(name) ? 200 : 404])
        if (!seen.includes(name)) expect(body, path).not.toContain(shown[name].name)
      }
    }
  },
)

test.each(Object.entries(sees))(
  '%s: lists, filters and data name what they see and nothing else',
  async (who, seen) => {
    const portal = portals[who] as Portal
    const lists = [paths.catalogs, `${paths.catalogs}.data`, `${paths.catalogs}?sort=newest`]
    for (const path of lists) {
      const body = await (await portal.request(path)).text()
      for (const name of offers) {
        const said = {
          path,
          name,
          inList: body.includes(shown[name].name),
          tag: body.includes(shown[name].tag),
        }
        expect(said).toEqual({ path, name, inList: seen.includes(name), tag: seen.includes(name) })
        const catalogSeen = name === 'draft' || seen.includes(name)
        expect([path, name, body.includes(shown[name].catalogName)]).toEqual([path, name, catalogSeen])
      }
    }
    for (const path of [paths.home, '/_root.data']) {
      const body = await (await portal.request(path)).text()
      for (const name of offers)
        expect([path, name, body.includes(shown[name].name)]).toEqual([
          path,
          name,
          seen.includes(name) && name !== 'draft',
        ])
    }
  },
)

test.each(Object.entries(sees))(
  '%s: nothing hidden is found by its catalog, tag or name in the address',
  async (who, seen) => {
    for (const name of offers.filter((one) => !seen.includes(one) && one !== 'draft')) {
      const { catalogSlug, tag, name: product, catalogName } = shown[name]
      for (const search of [{ catalog: catalogSlug }, { tag }, { q: product }]) {
        const query = new URLSearchParams(search as Record<string, string>)
        const body = await (await (portals[who] as Portal).request(`${paths.catalogs}.data?${query}`)).text()
        expect(body).not.toContain(shown[name].slug)
        expect(body).not.toContain(catalogName)
      }
    }
  },
)

test.each(Object.entries(sees))(
  '%s: search, palette and llms.txt name what they see and nothing else',
  async (who, seen) => {
    const portal = portals[who] as Portal
    for (const name of offers) {
      const { slug, name: product } = shown[name]
      for (const path of [
        paths.search(product),
        paths.search(`things ${name}`),
        paths.search(`tag ${name}`),
        `${paths.catalogs}.data?${new URLSearchParams({ q: `things of ${name}` })}`,
      ]) {
        const response = await portal.request(path)
        expect([path, response.status]).toEqual([path, 200])
        const found = (await response.text()).includes(slug)
        expect([who, path, found]).toEqual([who, path, seen.includes(name)])
      }
    }
    const outline = await portal.request(paths.llms)
    expect(outline.headers.get('cache-control')).toBe('private, no-store')
    const text = await outline.text()
    for (const name of offers) {
      const inOutline = seen.includes(name) && name !== 'draft'
      expect([name, text.includes(shown[name].slug)]).toEqual([name, inOutline])
    }
  },
)

test.each(Object.entries(sees))('%s: related products are those that they see', async (who, seen) => {
  for (const name of seen) {
    const { html } = await (portals[who] as Portal).get(paths.product(shown[name].slug))
    for (const other of offers.filter((one) => !seen.includes(one)))
      expect([name, other, html.includes(shown[other].slug)]).toEqual([name, other, false])
  }
})

test('what a visitor reads comes with the settings in one trip; who is signed in needs two', async () => {
  const product = paths.product(shown.public.slug)
  const trips = async (portal: Portal, path: string) =>
    (await portal.request(path)).headers.get('server-timing')
  for (const path of [paths.home, paths.catalogs, product, `${product}/guides`]) {
    expect([path, await trips(new Portal(), path)]).toEqual([path, 'd1;desc="1 trips"'])
    const developer = portals['developer of the default organization'] as Portal
    expect([path, await trips(developer, path)]).toEqual([path, 'd1;desc="2 trips"'])
  }
})

test('a private portal asks visitors to log in and come back, and shows nothing; who is in sees as before', async () => {
  await world.setSettings({ visibility: 'private' })
  for (const path of [
    paths.home,
    paths.catalogs,
    paths.llms,
    paths.search('things'),
    ...pagesOf(shown.public.slug),
  ]) {
    const response = await new Portal().request(path)
    const body = await response.text()
    if (path.endsWith('.data')) expect(body).toContain('/auth/login')
    else expect(response.headers.get('location')).toContain('/auth/login?')
    expect(body).not.toContain(shown.public.name)
  }
  const { html } = await new Portal().get(paths.product(shown.public.slug))
  expect(html).toContain('This portal is private')
  // Whether there is such a product is not told either.
  const missing = await new Portal().request(paths.product('no-such-product'))
  expect(missing.headers.get('location')).toContain('/auth/login?')
  const developer = portals['developer of the default organization'] as Portal
  expect((await developer.request(paths.product(shown.public.slug))).status).toBe(200)
  await world.setSettings({ visibility: 'public' })
})

test('a hidden portal shows nothing to visitors and developers; admins see it all', async () => {
  await world.setSettings({ visibility: 'hidden' })
  const developer = portals['developer of the default organization'] as Portal
  for (const portal of [new Portal(), developer]) {
    for (const path of [
      paths.home,
      paths.catalogs,
      paths.llms,
      paths.search('things'),
      ...pagesOf(shown.public.slug),
    ]) {
      const response = await portal.request(path)
      const body = await response.text()
      if (path.endsWith('.data')) expect(body).toContain('/auth/login')
      else expect([path, response.status]).toEqual([path, 303])
      expect(body).not.toContain(shown.public.name)
    }
  }
  expect((await new Portal().get(paths.catalogs)).html).toContain('This portal is disabled')
  const admin = portals['admin'] as Portal
  expect((await admin.request(paths.product(shown.public.slug))).status).toBe(200)
  await world.setSettings({ visibility: 'public' })
})
