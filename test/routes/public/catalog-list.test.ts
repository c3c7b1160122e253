import { expect, test } from 'vitest'
import { paths } from '~/platform/paths'
import { Portal } from '~test/support/portal'
import * as world from '~test/support/world'

const searches = [
  '"quoted"',
  "it's",
  '100%',
  '_',
  '\\',
  'x'.repeat(300),
  `${'x'.repeat(199)}😀`,
  "'; DROP TABLE products; --",
  'a) OR 1=1',
  '😀',
  '\u0000',
  '<script>alert(1)</script>',
]

test.each(searches)('a search for %j is answered as a page that keeps it', async (search) => {
  const { status, html } = await new Portal().get(`${paths.catalogs}?${new URLSearchParams({ q: search })}`)
  expect(status).toBe(200)
  expect(html).not.toContain('<script>alert(1)')
})

test.each([
  'catalog=none',
  'tag=none',
  'sort=backwards',
  'after=nonsense',
  'before=nonsense',
  'after=bnVsbA',
  `after=${btoa('["\\ud800","x"]')}`,
  `before=${btoa('[1e999,"x"]')}`,
  `after=${btoa('[{"a":1},"x"]')}`,
  `after=${'a'.repeat(5000)}`,
  'after=a&before=b&q=%00&catalog=%ff',
  'catalog=a&catalog=b&tag[]=c',
])('%s in the address never fails', async (query) => {
  expect((await new Portal().get(`${paths.catalogs}?${query}`)).status).toBe(200)
})

const slugsIn = (html: string) =>
  [...html.matchAll(/href="\/products\/([\w-]+)"/g)].map((match) => match[1] ?? '')
const linkTo = (html: string, rel: string) =>
  new RegExp(`<a[^>]*rel="${rel}"[^>]*href="([^"]+)"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ??
  new RegExp(`<a[^>]*href="([^"]+)"[^>]*rel="${rel}"`).exec(html)?.[1]?.replaceAll('&amp;', '&')

test('75 products are paged by the links, on and back, with nothing lost or doubled', async () => {
  const catalog = await world.catalog('public')
  const slugs: string[] = []
  for (let at = 0; at < 75; at += 1) {
    // Names in other cases and alphabets, some of them the same, and some published at the same time.
    const name = ['Same name', `日本語${at % 9}`, `Product ${at % 7}`, `product ${at}`][at % 4] ?? ''
    slugs.push((await world.product([catalog.id], { name, publishedAt: 1000 + (at % 5) })).slug)
  }
  for (const sort of ['name', 'newest']) {
    const portal = new Portal()
    const pages: string[][] = []
    let path: string | undefined =
      `${paths.catalogs}?catalog=catalog-${catalog.id.slice(4).toLowerCase()}&sort=${sort}`
    let last = path
    while (path && pages.length < 5) {
      const { html } = await portal.get(path)
      pages.push(slugsIn(html))
      last = path
      path = linkTo(html, 'next')
    }
    expect(pages.map((page) => page.length)).toEqual([24, 24, 24, 3])
    expect([...pages.flat()].sort()).toEqual([...slugs].sort())
    const back: string[][] = []
    path = linkTo((await portal.get(last)).html, 'prev')
    while (path && back.length < 5) {
      const { html } = await portal.get(path)
      back.unshift(slugsIn(html))
      path = linkTo(html, 'prev')
    }
    expect(back).toEqual(pages.slice(0, -1))
  }
})

test('a list of one page has no page links', async () => {
  const catalog = await world.catalog('public')
  await world.product([catalog.id])
  const { html } = await new Portal().get(
    `${paths.catalogs}?catalog=catalog-${catalog.id.slice(4).toLowerCase()}`,
  )
  expect(html).toContain('More info')
  expect(html).not.toContain('aria-label="Pages"')
})
