// The pages of plans, catalogs and products, as an admin uses them without JavaScript.
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { paths } from '~/platform/paths'
import { apis, catalogAudiences, catalogPlans, catalogProducts, guides, plans, products } from '~db/schema'
import { db } from '~test/support/context'
import { documentText, documentWith, petOperation } from '~test/support/documents'
import { smallPictures } from '~test/support/pictures'
import { origin, Portal, signedIn } from '~test/support/portal'
import { granted, offer } from '~test/support/requests'
import * as world from '~test/support/world'

let portal: Portal
beforeAll(async () => {
  portal = await signedIn(await world.admin())
})

const { admin } = paths
const unique = (word: string) => `${word} ${crypto.randomUUID().slice(0, 8)}`

const planForm = {
  description: 'For trying out',
  rateLimit: '5',
  rateEvery: '10',
  rateUnit: 'second',
  quotaLimit: '',
  quotaPeriod: 'unlimited',
  keyLifetimeDays: '',
  approval: 'auto',
}

async function upload(path: string, fields: Record<string, string | File>): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return portal.request(path, { method: 'POST', body, headers: { origin, 'sec-fetch-site': 'same-origin' } })
}

test('a plan is created with its catalogs, a mistake keeps what was typed, and its page says who uses it', async () => {
  const [one, two] = [await world.catalog(), await world.catalog()]
  const name = unique('Silver')
  const wrong = await portal.post(admin.newPlan, {
    ...planForm,
    name,
    rateLimit: '',
    catalogIds: [one.id, two.id],
  })
  expect(wrong.status).toBe(422)
  const html = await wrong.text()
  expect(html).toContain('Enter how many calls, or choose “Unlimited”.')
  expect(html).toContain(`value="${name}"`)
  expect(html).toMatch(new RegExp(`<input[^>]*checked=""[^>]*value="${two.id}"`))
  const made = await portal.post(admin.newPlan, { ...planForm, name, catalogIds: [one.id, two.id] })
  expect(made.status).toBe(303)
  const page = await portal.get(made.headers.get('location') ?? '')
  expect(page.html).toContain('5 calls per 10 seconds')
  expect(page.html).toContain('Nobody has access or waits for it.')
  expect(page.html).toContain('keeps the terms that it was given under')
  const list = await portal.get(`${admin.plans}?q=${encodeURIComponent(name)}`)
  expect(list.html).toContain([one.name, two.name].sort().join(', '))
})

test('a plan with requests says what depends on it instead of being deleted, and can be archived', async () => {
  const of = await offer()
  const developer = await world.superAdmin()
  const app = await world.app(developer)
  await granted(developer, { of, app: app.id })
  expect((await portal.get(admin.deletePlan(of.auto.id))).html).toContain('This plan cannot be deleted')
  expect((await portal.get(admin.deletePlan(of.auto.id))).html).toContain(app.name)
  await portal.post(admin.deletePlan(of.auto.id))
  expect(portal.notice()).toContain('Archive it instead')
  await portal.post(admin.archivePlan(of.auto.id))
  expect((await portal.get(admin.plan(of.auto.id))).html).toContain('Nobody can choose this plan')
  await portal.post(admin.deletePlan(of.manual.id))
  expect(await db.select().from(plans).where(eq(plans.id, of.manual.id))).toEqual([])
})

test('a custom catalog is made, its audience is searched and added one at a time, and each can be removed', async () => {
  const organization = await world.organization({ name: unique('Fabrikam') })
  const team = await world.team(organization.id, unique('Checkout'))
  const form = { name: unique('Partners'), slug: `partners-${Date.now()}`, visibility: 'custom' }
  const made = await portal.post(admin.newCatalog, form)
  const path = made.headers.get('location') ?? ''
  expect((await portal.get(path)).html).toContain('Nobody sees this catalog')
  const found = await portal.get(`${path}/audience?q=${encodeURIComponent(organization.name)}`)
  expect(found.html).toContain(`value="${organization.id}"`)
  expect(found.html).toContain(`value="${team.id}"`)
  for (const member of [organization.id, team.id, team.id])
    expect((await portal.post(`${path}/audience`, { member })).status).toBe(303)
  const catalogId = path.split('/').at(-1) as `cat_${string}`
  const audience = () => db.select().from(catalogAudiences).where(eq(catalogAudiences.catalogId, catalogId))
  expect(await audience()).toHaveLength(2)
  expect((await portal.get(path)).html).toContain(`Team of ${organization.name}`)
  await portal.post(`${path}/audience/remove`, { member: organization.id })
  expect((await audience()).map((row) => row.teamId)).toEqual([team.id])
  expect((await portal.post(`${path}/audience`, { member: 'usr_1' })).status).toBe(404)
})

test('products and plans of a catalog are added, moved and taken out', async () => {
  const catalog = await world.catalog()
  const [one, two] = [await world.product([]), await world.product([])]
  const plan = await world.plan([])
  for (const item of [one.id, two.id, plan.id]) await portal.post(admin.addCatalogItem(catalog.id), { item })
  const order = async () =>
    (
      await db
        .select()
        .from(catalogProducts)
        .where(eq(catalogProducts.catalogId, catalog.id))
        .orderBy(catalogProducts.position)
    ).map((row) => row.productId)
  expect(await order()).toEqual([one.id, two.id])
  await portal.post(admin.moveCatalogItem(catalog.id), { item: two.id, direction: 'up' })
  expect(await order()).toEqual([two.id, one.id])
  await portal.post(admin.moveCatalogItem(catalog.id), { item: two.id, direction: 'up' })
  expect(await order()).toEqual([two.id, one.id])
  await portal.post(admin.removeCatalogItem(catalog.id), { item: two.id })
  expect(await order()).toEqual([one.id])
  expect(await db.select().from(catalogPlans).where(eq(catalogPlans.planId, plan.id))).toHaveLength(1)
  expect(
    (await portal.post(admin.moveCatalogItem(catalog.id), { item: one.id, direction: 'sideways' })).status,
  ).toBe(404)
})

test('the page that deletes a catalog says what depends on it', async () => {
  const of = await offer()
  await granted(await world.superAdmin(), { of })
  const page = await portal.get(admin.deleteCatalog(of.catalog.id))
  expect(page.html).toContain('1 approved request goes on')
  expect((await portal.post(admin.deleteCatalog(of.catalog.id))).status).toBe(303)
  expect((await portal.get(admin.catalog(of.catalog.id))).status).toBe(404)
  // The first page after it tells what was deleted.
  await portal.get(admin.catalogs)
  expect((await portal.get(admin.catalogs)).html).not.toContain(of.catalog.name)
})

const productForm = {
  summary: 'All about pets',
  description: '# Pets\n\n**Find** one.',
  tags: 'Animals, pets',
}

test('a product is created, completed, published, found by a visitor, and hidden again', async () => {
  const catalog = await world.catalog()
  const slug = `pets-${crypto.randomUUID().slice(0, 8)}`
  const name = unique('Pets')
  const form = { ...productForm, name, slug, catalogIds: catalog.id, featured: 'on' }
  const made = await portal.post(admin.newProduct, form)
  expect(made.status).toBe(303)
  const path = made.headers.get('location') ?? ''
  const productId = path.split('/').at(-1) as `prd_${string}`
  const [row] = await db.select().from(products).where(eq(products.id, productId))
  expect(row).toMatchObject({ state: 'draft', featured: true })
  expect((await new Portal().get(paths.product(slug))).status).toBe(404)
  const api = await portal.post(admin.newApi(productId), {
    name: 'Pets API',
    version: '1.0.0',
    slug: 'main',
    upstreamUrl: 'https://upstream.test/pets',
    accepts: ['api_key', 'oauth_client'],
  })
  expect(api.status).toBe(303)
  expect(api.headers.get('location')).toMatch(/\/import$/)
  await portal.post(admin.publishProduct(productId))
  const visitor = await new Portal().get(paths.product(slug))
  expect(visitor.html).toContain('All about pets')
  expect((await portal.get(admin.unpublishProduct(productId))).html).toContain('No app has access to it.')
  await portal.post(admin.unpublishProduct(productId))
  expect((await new Portal().get(paths.product(slug))).status).toBe(404)
})

test('a form of a product keeps what was typed and marks the slug that is taken', async () => {
  const taken = await world.product([])
  const answer = await portal.post(admin.newProduct, {
    ...productForm,
    name: 'Pets',
    slug: taken.slug,
    catalogIds: [],
  })
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('Another product has this slug')
  expect(html).toContain('**Find** one.')
  const tags = await portal.post(admin.newProduct, { ...productForm, name: 'P', slug: 'Ü', tags: 'ok, <b>' })
  expect(await tags.text()).toContain('A tag has small letters')
})

test('a logo is taken by what it is: pictures are, scripts and pages are not, and one that is too large is told so', async () => {
  const product = await world.product([(await world.catalog()).id])
  const path = admin.productLogo(product.id)
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'
  const send = (content: BlobPart, name = 'logo.png', type = 'image/png') =>
    upload(path, { logo: new File([content], name, { type }) })
  expect((await send(svg, 'logo.svg', 'image/svg+xml')).status).toBe(303)
  const logo = await new Portal().request(paths.productLogo(product.slug))
  expect(logo.headers.get('content-type')).toBe('image/svg+xml')
  expect(logo.headers.get('content-security-policy')).toContain('sandbox')
  for (const bad of [
    svg.replace('<path', '<script>alert(1)</script><path'),
    svg.replace('<path', '<path onload="alert(1)"'),
    `<!DOCTYPE svg [<!ENTITY a "b">]>${svg}`,
    '<html><script>alert(1)</script></html>',
    smallPictures.png.slice(0, 100),
    'hello',
    '',
  ]) {
    const answer = await send(bad)
    expect(answer.status, String(bad)).toBe(422)
  }
  const large = await send(new Uint8Array(300 * 1024))
  expect(large.status).toBe(413)
  expect(await large.text()).toContain('A logo has at most 256 KB')
  await portal.post(admin.removeProductLogo(product.id))
  expect((await new Portal().request(paths.productLogo(product.slug))).status).toBe(404)
})

test('a preview shows what its viewer sees, of a draft as well, and nothing more', async () => {
  const organization = await world.organization()
  const custom = await world.catalog('custom', { organizationId: organization.id })
  const plan = await world.plan([custom.id])
  const product = await world.product([custom.id], { state: 'draft' })
  const path = admin.previewProduct(product.id)
  const visitor = await portal.get(path)
  expect(visitor.html).toContain('Not to be seen by this viewer')
  expect(visitor.html).not.toContain(plan.name)
  const developer = await portal.get(`${path}?as=${organization.id}`)
  expect(developer.html).toContain(plan.name)
  expect(developer.html).toContain('This is a draft')
  expect(developer.html).not.toContain('Add to cart')
  expect((await portal.get(`${path}?as=org_unknown&team=team_%27`)).status).toBe(200)
})

test('guides are added as drafts, written, ordered, published and deleted', async () => {
  const product = await world.product([(await world.catalog()).id])
  const ids: string[] = []
  for (const slug of ['first', 'second']) {
    const made = await portal.post(admin.newGuide(product.id), {
      title: slug,
      slug,
      body: `About **${slug}**`,
    })
    ids.push(made.headers.get('location')?.split('/').at(-1) ?? '')
  }
  const [one = '', two = ''] = ids
  await portal.post(admin.moveGuide(product.id, two), { direction: 'up' })
  const rows = await db.select().from(guides).where(eq(guides.productId, product.id)).orderBy(guides.position)
  expect(rows.map((row) => [row.slug, row.state])).toEqual([
    ['second', 'draft'],
    ['first', 'draft'],
  ])
  expect((await new Portal().get(paths.productGuide(product.slug, 'first'))).status).toBe(404)
  await portal.post(admin.publishGuide(product.id, one))
  await portal.post(admin.guide(product.id, one), {
    title: 'First',
    slug: 'first',
    body: '<script>x</script>\n\n**new**',
  })
  const read = await new Portal().get(paths.productGuide(product.slug, 'first'))
  expect(read.html).toContain('<strong>new</strong>')
  expect(read.html).not.toContain('<script>x</script>')
  await portal.post(admin.deleteGuide(product.id, one))
  expect((await new Portal().get(paths.productGuide(product.slug, 'first'))).status).toBe(404)
  const other = await world.product([])
  expect((await portal.get(admin.guide(other.id, two))).status).toBe(404)
  const preview = await portal.post(admin.markdownPreview, { body: '**bold** <img src=x onerror=alert(1)>' })
  expect(await preview.text()).toContain('<strong>bold</strong>')
})

test('a document is checked before it is imported; what is wrong is told by line and what was pasted is kept', async () => {
  const product = await world.product([(await world.catalog()).id])
  const path = admin.importDocument(product.id, product.apiId)
  const broken = await upload(path, { text: '{\n "openapi": "3.1.0",\n "info": {,\n}' })
  expect(broken.status).toBe(422)
  const html = await broken.text()
  expect(html).toContain('line 3')
  expect(html).toContain('&quot;openapi&quot;: &quot;3.1.0&quot;')
  const several = JSON.stringify(
    documentWith({
      paths: {
        pets: { get: { responses: { 200: { $ref: '#/none' } } } },
        '/a': { get: { responses: { 200: { $ref: 'https://evil.example/x' } } } },
      },
    }),
    null,
    1,
  )
  const listed = await (await upload(path, { text: several })).text()
  for (const problem of ['must begin with a slash', 'points at nothing', 'leaves the document'])
    expect(listed).toContain(problem)
  expect(listed).toMatch(/Line (?:<!-- -->)?\d+/)
  const swagger = await (await upload(path, { text: '{"swagger":"2.0"}' })).text()
  expect(swagger).toContain('Convert it to OpenAPI 3 first')
  expect(await (await upload(path, {})).text()).toContain('Choose a file, paste the document')
  expect((await db.select().from(apis).where(eq(apis.id, product.apiId)))[0]?.documentId).toBeNull()
})

test('a file is checked, previewed with its addresses, imported; the next one shows what it breaks; the first is restored', async () => {
  const product = await world.product([(await world.catalog()).id])
  const path = admin.importDocument(product.id, product.apiId)
  const current = async () => (await db.select().from(apis).where(eq(apis.id, product.apiId)))[0]?.documentId
  const file = new File([documentText({}, petOperation)], 'pets.json', { type: 'application/json' })
  const first = (await upload(path, { file })).headers.get('location') ?? ''
  expect(await current()).toBeNull()
  const preview = await portal.get(first)
  expect(preview.html).toContain('The document can be imported')
  expect(preview.html).toContain(`/gateway/${product.slug}/main`)
  expect((await portal.post(`${first}/adopt`)).status).toBe(303)
  expect(await current()).toBe(first.split('/').at(-1))
  const visitor = await new Portal().get(paths.productApi(product.slug, 'main'))
  expect(visitor.html).toContain('Get a pet')

  const needs = {
    ...petOperation,
    parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string' } }],
  }
  const second = (
    await upload(path, { text: documentText({ info: { title: 'Pets', version: '2.0.0' } }, needs) })
  ).headers.get('location')
  const changes = await portal.get(second ?? '')
  expect(changes.html).toContain('New required parameter q (query)')
  expect(changes.html).toContain('Breaking')
  await portal.post(`${second}/adopt`)
  expect(await current()).toBe(second?.split('/').at(-1))
  await portal.post(`${first}/adopt`)
  expect(portal.notice()).toContain('Version 1.0.0 is back')
  expect(await current()).toBe(first.split('/').at(-1))
  const history = await portal.get(admin.api(product.id, product.apiId))
  expect(history.html).toContain('Current')
  expect(history.html).toContain('breaking')
})

test('an address that is fetched is checked first, and its problem stands at its field', async () => {
  const product = await world.product([])
  const path = admin.importDocument(product.id, product.apiId)
  for (const url of [
    'http://169.254.169.254/latest',
    `${origin}/openapi.json`,
    'http://localhost/x',
    'file:///etc/passwd',
  ]) {
    const answer = await upload(path, { url })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(url)
  }
  const redirect = await upload(path, { url: 'https://upstream.test/v1/~redirect?to=https://upstream.test/' })
  expect(await redirect.text()).toContain('which is not followed')
})

test('the slug of an API that somebody calls stays, and its upstream must be a public address', async () => {
  const of = await offer()
  const form = {
    name: 'Main API',
    version: '2.0.0',
    slug: 'main',
    upstreamUrl: 'https://upstream.test/v2',
    accepts: 'api_key',
  }
  const path = admin.editApi(of.product.id, of.product.apiId)
  expect((await portal.post(path, { ...form, upstreamUrl: 'http://10.0.0.1/' })).status).toBe(422)
  expect((await portal.post(path, form)).status).toBe(303)
  await granted(await world.superAdmin(), { of })
  const moved = await portal.post(path, { ...form, slug: 'other' })
  expect(moved.status).toBe(409)
  expect(await moved.text()).toContain('It cannot be changed')
  expect((await portal.get(admin.deleteProduct(of.product.id))).html).toContain(
    'This product cannot be deleted',
  )
  await portal.post(admin.deleteProduct(of.product.id))
  expect(portal.notice()).toContain('Somebody has access')
  const deletion = admin.deleteApi(of.product.id, of.product.apiId)
  expect((await portal.get(deletion)).html).toContain('unknown_api')
  for (const typed of [{}, { confirmation: 'Another API' }]) {
    const refused = await portal.post(deletion, typed)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('Type “Main API”, the name of the API.')
  }
  expect((await portal.post(deletion, { confirmation: ' main api ' })).status).toBe(303)
  expect((await portal.get(deletion)).status).toBe(404)
})
