import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { createProduct } from '~/domain/catalog/create-product.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { publishProduct } from '~/domain/catalog/publish-product.server'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { paths } from '~/platform/paths'
import { apis, catalogProducts } from '~db/schema'
import { contextFor, db } from '~test/support/context'
import { origin, Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

const system = contextFor({ type: 'system' })

function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

async function offered(changes: Parameters<typeof world.product>[1] = {}) {
  const catalog = await world.catalog('public')
  const plan = await world.plan([catalog.id], { quotaLimit: 1000, quotaPeriod: 'day' })
  return { catalog, plan, product: await world.product([catalog.id], changes) }
}

const guide = (body: string, changes = {}) => ({
  slug: 'start',
  title: 'Start',
  body,
  position: 0,
  published: true,
  ...changes,
})

const documentWith = (changes: object) =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Small', version: '1.0.0' },
    paths: { '/things': { get: { operationId: 'listThings', responses: { 200: { description: 'All' } } } } },
    ...changes,
  })

async function noUpstream(apiId: Id<'api'>) {
  await db.update(apis).set({ upstreamUrl: null }).where(eq(apis.id, apiId))
}

test('a developer adds a product to the cart through its one catalog, and sees its plans and base URL', async () => {
  const { catalog, plan, product } = await offered()
  const portal = await signedIn(await world.developer())
  const { html } = await portal.get(paths.product(product.slug))
  expect(html).toContain('Add to cart')
  expect(html).toContain(`name="catalogId" value="${catalog.id}"`)
  expect(html).not.toContain('<select')
  for (const said of [plan.name, '1,000 calls a day', `${origin}/gateway/${product.slug}/main`])
    expect(html).toContain(said)
})

test('a product in two catalogs asks for the catalog, of those that this developer sees and that have plans', async () => {
  const { catalog, product } = await offered()
  const second = await world.catalog('private')
  await world.plan([second.id])
  const hidden = await world.catalog('custom', { organizationId: (await world.organization()).id })
  await world.plan([hidden.id])
  const withoutPlan = await world.catalog('public')
  for (const { id } of [second, hidden, withoutPlan])
    await db.insert(catalogProducts).values({ catalogId: id, productId: product.id })
  const { html } = await (await signedIn(await world.developer())).get(paths.product(product.slug))
  const select = /<select[^>]*name="catalogId"[\s\S]*?<\/select>/.exec(html)?.[0] ?? ''
  expect([...select.matchAll(/<option value="([^"]+)"/g)].map((match) => match[1]).sort()).toEqual(
    [catalog.id, second.id].sort(),
  )
  expect(html).not.toContain(hidden.name)
})

test('a visitor is asked to log in and comes back; an admin has no cart', async () => {
  const { product } = await offered()
  const visitor = await new Portal().get(paths.product(product.slug))
  expect(visitor.html).toContain('Log in to request access')
  expect(visitor.html).toContain(`returnTo=${encodeURIComponent(paths.product(product.slug))}`)
  expect(visitor.html).not.toContain('Add to cart')
  const admin = await (await signedIn(await world.admin())).get(paths.product(product.slug))
  expect(admin.html).not.toMatch(/Add to cart|Log in to request access/)
})

test('a product without an upstream is documentation only: no plans, no cart, nothing to log in for', async () => {
  const { plan, product } = await offered()
  await noUpstream(product.apiId)
  for (const portal of [new Portal(), await signedIn(await world.developer())]) {
    const { html } = await portal.get(paths.product(product.slug))
    expect(html).toContain('Documentation only')
    expect(html).not.toMatch(/Add to cart|Log in to request access/)
    expect(html).not.toContain(plan.name)
    expect(html).not.toContain('/gateway/')
  }
})

test('a draft that an admin previews is marked and cannot be put into a cart', async () => {
  const { product } = await offered({ state: 'draft', publishedAt: null })
  const { html } = await (await signedIn(await world.admin())).get(paths.product(product.slug))
  expect(html).toContain('Draft')
  expect(html).not.toContain('Add to cart')
})

test('a draft guide is shown to admins only', async () => {
  const { product } = await offered()
  done(await createGuide(system, product.id, guide('Open')))
  done(
    await createGuide(
      system,
      product.id,
      guide('Secret', { slug: 'next', title: 'Later', published: false }),
    ),
  )
  const path = paths.productGuide(product.slug, 'next')
  expect((await new Portal().request(path)).status).toBe(404)
  expect((await new Portal().get(paths.productGuides(product.slug))).html).not.toContain('Later')
  expect((await (await signedIn(await world.admin())).get(path)).html).toContain('Secret')
})

test('the base URL stands in a guide wherever it was meant, in text, code and links', async () => {
  const { product } = await offered()
  const body = 'At {{baseUrl}}:\n\n```\ncurl {{baseUrl}}/a\n```\n\n[Open]({{baseUrl}}/b)'
  done(await createGuide(system, product.id, guide(body)))
  const { html } = await new Portal().get(paths.productGuides(product.slug))
  const base = `${origin}/gateway/${product.slug}/main`
  for (const said of [`At ${base}:`, `curl ${base}/a`, `href="${base}/b"`]) expect(html).toContain(said)
  expect(html).not.toMatch(/\{\{baseUrl|%7B%7BbaseUrl/)
})

test('a new import is what the reference shows, and nothing of the old one', async () => {
  const { product } = await offered()
  done(await importApiDocument(system, product.apiId, documentWith({})))
  const renewed = { '/others': { get: { operationId: 'listOthers', responses: {} } } }
  done(await importApiDocument(system, product.apiId, documentWith({ paths: renewed })))
  const { html } = await new Portal().get(paths.productApi(product.slug, 'main'))
  expect(html).toContain('listOthers')
  expect(html).not.toContain('listThings')
  const old = paths.productOperation(product.slug, 'main', 'list-things')
  expect((await new Portal().request(old)).status).toBe(404)
})

test('an example that was cut inside an emoji does not break the page', async () => {
  const { product } = await offered()
  const parameters = [
    { name: 'q', in: 'query', required: true, schema: {}, example: `${'x'.repeat(199)}😀` },
    { name: 'id', in: 'path', required: true, schema: {}, example: '\ud83d' },
  ]
  const broken = { '/things/{id}': { get: { operationId: 'broken', parameters, responses: {} } } }
  done(await importApiDocument(system, product.apiId, documentWith({ paths: broken })))
  for (const path of [paths.productOperation(product.slug, 'main', 'broken')])
    for (const form of [path, paths.asMarkdown(path)]) expect((await new Portal().get(form)).status).toBe(200)
})

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><circle/></svg>',
  '[a](javascript:alert(1))',
  '[b](JaVaScRiPt&colon;alert(1))',
  '[c](data:text/html,<script>alert(1)</script>)',
  '<javascript:alert(1)>',
  '![d](javascript:alert(1))',
  '<iframe src="https://evil.test"></iframe>',
  '<style>*{display:none}</style>',
  '<form action="https://evil.test"><input name="password"></form>',
  '</script><script>alert(2)</script>',
  '<meta http-equiv="refresh" content="0;url=https://evil.test">',
  '<a href="https://ok.test" onclick="alert(1)">e</a>',
  '<!-- --><b onmouseover=alert(1)>f</b> <!--><script>alert(3)</script>-->',
  '<base href="https://evil.test/">',
  '[g]: javascript:alert(1)\n[g]',
  '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
].join('\n\n')

/** What of the page itself could run or send: scripts without its nonce, handlers, foreign frames, forms and links. */
function dangersIn(html: string): string[] {
  const nonce = /<script[^>]* nonce="([^"]+)"/.exec(html)?.[1] ?? 'none'
  const scripts = html.replace(/<script\b([^>]*)>[\s\S]*?<\/script>/g, (whole, attributes: string) =>
    attributes.includes(`nonce="${nonce}"`) ? '' : `<!danger ${whole.slice(0, 60)}`,
  )
  const tags = scripts.match(/<[a-z!/][^>]*>?/gi) ?? []
  return tags.filter(
    (tag) =>
      // What stands in quotes is text, whatever it looks like.
      /\son\w+\s*=/i.test(tag.replace(/="[^"]*"/g, '=""')) ||
      /^<(?:script|iframe|object|embed|base|!danger)|^<style(?![^>]*nonce)|^<meta[^>]*http-equiv|(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data:text|vbscript)|action="https:\/\/evil/i.test(
        tag,
      ),
  )
}

test('nothing executable from a description, a guide or a document reaches a page', async () => {
  const catalog = await world.catalog('public')
  const slug = `hostile-${crypto.randomUUID()}`
  const { productId } = done(
    await createProduct(system, {
      name: '<script>alert(1)</script>',
      slug,
      summary: '"><img src=x onerror=alert(1)>',
      description: hostile,
      tags: [],
      featured: true,
      catalogIds: [catalog.id],
      logo: null,
    }),
  )
  done(await publishProduct(system, productId))
  const apiId = 'api_hostile'
  await db
    .insert(apis)
    .values({ id: apiId, productId, slug: 'main', name: '<b>Main', version: '1', createdAt: 1 })
  done(await createGuide(system, productId, guide(hostile, { title: '</title><script>alert(1)</script>' })))
  const schema = { type: 'object', description: hostile, properties: { '<script>alert(1)</script>': {} } }
  const content = { '"><script>alert(1)</script>': { schema, example: hostile } }
  const post = {
    operationId: 'postHostile',
    tags: [hostile.slice(0, 60)],
    summary: '</script><script>alert(1)</script>',
    description: hostile,
    parameters: [{ name: '<img onerror=alert(1)>', in: 'query', description: hostile, example: hostile }],
    requestBody: { description: hostile, content },
    responses: { 200: { description: hostile, content } },
  }
  const text = documentWith({
    info: { title: hostile, version: '<script>', description: hostile },
    servers: [{ url: 'javascript:alert(1)', description: hostile }],
    tags: [{ name: hostile.slice(0, 60), description: hostile }],
    paths: { '/<script>alert(1)</script>': { post } },
    components: { securitySchemes: { a: { type: 'http', scheme: '<script>', description: hostile } } },
  })
  done(await importApiDocument(system, apiId, text))
  for (const path of [
    paths.home,
    paths.catalogs,
    paths.product(slug),
    paths.productApi(slug, 'main'),
    paths.productApiGroup(slug, 'main', 'script-alert-1-script-img-src-x-onerror-alert-1-sv'),
    paths.productOperation(slug, 'main', 'post-hostile'),
    `${paths.catalogs}?q=alert`,
    paths.productGuides(slug),
  ]) {
    const { status, html } = await new Portal().get(path)
    expect([path, status]).toEqual([path, 200])
    expect([path, dangersIn(html)]).toEqual([path, []])
  }
})

test('the search for dangers finds what it is there to find', () => {
  const found = (html: string) => dangersIn(`<script nonce="n">1</script>${html}`).length
  expect(found('<p>a</p>')).toBe(0)
  for (const html of [
    '<script>1</script>',
    '<img src=x onerror=a>',
    '<a href="javascript:a">',
    '<iframe src="a">',
    '<meta http-equiv="refresh">',
    '<style>a</style>',
  ])
    expect([html, found(html)]).toEqual([html, 1])
})

test('a page makes at most two trips to D1', async () => {
  const { product } = await offered()
  done(await importApiDocument(system, product.apiId, documentWith({})))
  done(await createGuide(system, product.id, guide('Text')))
  const pages = [
    paths.home,
    `${paths.catalogs}?q=a&tag=b&catalog=c&sort=newest`,
    paths.product(product.slug),
    paths.productApi(product.slug, 'main'),
    paths.productApiGroup(product.slug, 'main', 'operations'),
    `${paths.productApi(product.slug, 'main')}?q=list`,
    paths.productOperation(product.slug, 'main', 'list-things'),
    paths.productApiDocument(product.slug, 'main'),
    paths.productGuides(product.slug),
    paths.search('list'),
    paths.llms,
    paths.asMarkdown(paths.product(product.slug)),
    paths.asMarkdown(paths.productApi(product.slug, 'main')),
    paths.asMarkdown(paths.productOperation(product.slug, 'main', 'list-things')),
    paths.asMarkdown(paths.productGuide(product.slug, 'start')),
  ]
  for (const portal of [
    new Portal(),
    await signedIn(await world.developer()),
    await signedIn(await world.admin()),
  ])
    for (const path of pages) {
      const trips = Number(
        /"(\d+) trips"/.exec((await portal.request(path)).headers.get('server-timing') ?? '')?.[1],
      )
      expect([path, trips <= 2]).toEqual([path, true])
    }
})

test.each(['svg', 'document'])(
  'the %s that people give is a file, not a page of the portal',
  async (kind) => {
    const logo = new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    )
    const { product } = await offered({ logoContentType: 'image/svg+xml', logoData: logo })
    done(await importApiDocument(system, product.apiId, documentWith({})))
    const path =
      kind === 'svg' ? paths.productLogo(product.slug) : paths.productApiDocument(product.slug, 'main')
    const { headers } = await new Portal().request(path)
    expect(headers.get('content-type')).toMatch(kind === 'svg' ? /^image\/svg\+xml/ : /^application\/json/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    expect(headers.get('content-security-policy')).not.toContain('allow-scripts')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/)
  },
)
