// The API reference over HTTP: one operation a page, and no page grows with its document.
import { beforeAll, expect, test, vi } from 'vitest'
import { paths } from '~/platform/paths'
import { documentedProduct, documentText, largeDocument } from '~test/support/documents'
import { Portal } from '~test/support/portal'
import * as world from '~test/support/world'

// The large documents take their time to import on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 })

const sizes = { small: 10, medium: 482, large: 1000 } as const
const products = {} as Record<keyof typeof sizes | 'heavy', string>

beforeAll(async () => {
  const catalog = await world.catalog('public')
  for (const [name, count] of Object.entries(sizes))
    products[name as keyof typeof sizes] = (
      await documentedProduct([catalog.id], {
        slug: `ref-${name}`,
        name: 'Things',
        document: largeDocument(count),
      })
    ).slug
  // 1 MiB: 500 operations with about 1.7 KB of words each.
  const heavy = largeDocument(500, 'A word. '.repeat(220))
  expect(heavy.length).toBeGreaterThan(1024 * 1024)
  products.heavy = (await documentedProduct([catalog.id], { slug: 'ref-heavy', document: heavy })).slug
})

const pagesOf = (slug: string, at: number, group: number) => ({
  introduction: paths.productApi(slug, 'main'),
  group: paths.productApiGroup(slug, 'main', `group-${group}`),
  operation: paths.productOperation(slug, 'main', `get-thing${at}`),
})

test('pages of 482 operations and of a document of 1 MiB are as small', async () => {
  for (const [slug, at, group] of [
    [products.medium, 481, 12],
    [products.heavy, 250, 6],
  ] as const) {
    for (const path of Object.values(pagesOf(slug, at, group))) {
      const { status, html } = await new Portal().get(path)
      expect([path, status]).toEqual([path, 200])
      expect(html.length, path).toBeLessThan(75_000)
    }
  }
})

test('every operation is reached: from group to group, page to page, and from one to the next', async () => {
  const portal = new Portal()
  const reached = new Set<string>()
  for (let group = 0; group < 13; group += 1) {
    let at: string | null = `${paths.productApi(products.medium, 'main')}?group=group-${group}`
    for (let pages = 0; at && pages < 3; pages += 1) {
      const { html } = await portal.get(at)
      for (const [, slug] of html.matchAll(/apis\/main\/(get-thing\d+)"/g)) reached.add(slug ?? '')
      at = /<a[^>]*rel="next"[^>]*href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null
    }
  }
  expect(reached.size).toBe(482)
  const order: string[] = []
  let path: string | undefined = paths.productOperation(products.small, 'main', 'get-thing0')
  while (path && order.length < 20) {
    order.push(path)
    const { html } = await portal.get(path)
    path = /<a[^>]*rel="next"[^>]*href="([^"]+)"/.exec(html)?.[1]
  }
  expect(order.map((one) => one.split('/').at(-1))).toEqual(
    Array.from({ length: 10 }, (_, at) => `get-thing${at}`),
  )
})

test('in the middle of a large group the menu shows the operations around the one that is read', async () => {
  const { html } = await new Portal().get(paths.productOperation(products.large, 'main', 'get-thing500'))
  const menu = /<nav id="reference-menu"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? ''
  const shown = [...menu.matchAll(/main\/get-thing(\d+)"/g)].map((match) => Number(match[1]))
  expect(shown).toContain(500)
  expect(shown.length).toBeLessThanOrEqual(12)
  expect(menu).toMatch(/aria-current="page"[^>]*href="[^"]*get-thing500"/)
  expect(menu).toContain('Group 12')
  for (const last of ['get-thing0', 'get-thing39', 'get-thing40', 'get-thing999']) {
    const page = await new Portal().get(paths.productOperation(products.large, 'main', last))
    expect(/<nav id="reference-menu"[\s\S]*?<\/nav>/.exec(page.html)?.[0]).toContain(`main/${last}"`)
  }
})

test('a search within the reference finds operations by name, address and id, and says when there is none', async () => {
  const base = paths.productApi(products.large, 'main')
  const { html } = await new Portal().get(`${base}?q=getThing777`)
  expect(html).toContain(`${base}/get-thing777"`)
  expect((await new Portal().get(`${base}?q=zzzz`)).html).toContain('Nothing found')
})

test('an operation tells parameters, schemas, answers, authentication, and a call in four languages', async () => {
  const { html } = await new Portal().get(paths.productOperation(products.small, 'main', 'get-thing5'))
  for (const said of [
    'thingId',
    'required',
    'Example: ',
    'one of: owner, parts',
    'Its name',
    'Authorization: Bearer YOUR_API_KEY',
    'https://portal.test/gateway/ref-small/main/group-0/things/5/abc',
    'import requests',
    'http.NewRequest(',
    'await fetch(',
    '<strong>one</strong>',
  ])
    expect(html).toContain(said)
  expect(html).toContain('<details')
})

test.each(['group=none', 'from=-1', 'from=1e9', 'from=x', 'group=%00', 'q=%22%27*', 'group=a&q=b&from=2'])(
  'an address with %s is a page or not found, never an error',
  async (query) => {
    const { status } = await new Portal().get(`${paths.productApi(products.small, 'main')}?${query}`)
    expect([200, 404]).toContain(status)
  },
)

test('an operation that is not in the document is not found, and one that is called "openapi" has its page', async () => {
  const catalog = await world.catalog('public')
  const operation = { operationId: 'openapi', responses: {} }
  const { slug } = await documentedProduct([catalog.id], {
    document: documentText({ paths: { '/openapi': { get: operation } } }),
  })
  expect((await new Portal().request(paths.productOperation(slug, 'main', 'nothing'))).status).toBe(404)
  expect((await new Portal().request(paths.productOperation(slug, 'main', 'openapi-2'))).status).toBe(200)
  expect(
    (await new Portal().request(paths.productApiDocument(slug, 'main'))).headers.get('content-type'),
  ).toContain('application/json')
})
