// The GitHub REST API and another document of the wild, imported into D1: their pages, their search, their download.
import { beforeAll, expect, test, vi } from 'vitest'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { paths } from '~/platform/paths'
import { contextFor, system } from '~test/support/context'
import { currentOperations, documentedProduct, done } from '~test/support/documents'
import { Portal } from '~test/support/portal'
import * as world from '~test/support/world'
import github from '/node_modules/@octokit/openapi/generated/api.github.com.json?raw'
import trains from '/node_modules/@readme/oas-examples/3.1/json/train-travel.json?raw'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 })

let hub: { slug: string; apiId: `api_${string}` }
let rail: { slug: string; apiId: `api_${string}` }

beforeAll(async () => {
  const catalog = await world.catalog('public')
  hub = await documentedProduct([catalog.id], { name: 'GitHub', upstreamUrl: null })
  done(await importApiDocument(contextFor(system), hub.apiId, github))
  rail = await documentedProduct([catalog.id], { name: 'Trains', document: trains })
})

test('the GitHub REST API has a page for each of a sample of its 700 operations, none of them large', async () => {
  const operations = await currentOperations(hub.apiId)
  expect(operations.length).toBeGreaterThan(600)
  for (const { slug } of operations.filter((_one, at) => at % 60 === 0)) {
    const { status, html } = await new Portal().get(paths.productOperation(hub.slug, 'main', slug))
    expect([slug, status]).toEqual([slug, 200])
    expect(html.length, slug).toBeLessThan(600_000)
  }
  const { html } = await new Portal().get(paths.productApi(hub.slug, 'main'))
  expect(html.length).toBeLessThan(80_000)
})

test('its operations are found in the reference, in the catalogs and in the palette', async () => {
  const list = (await currentOperations(hub.apiId)).find((one) => one.path === '/repos/{owner}/{repo}/issues')
  const address = paths.productOperation(hub.slug, 'main', list?.slug ?? '')
  for (const path of [
    `${paths.productApi(hub.slug, 'main')}?q=repository+issues`,
    paths.search('list repository issues'),
    `${paths.catalogs}?q=list+repository+issues`,
  ]) {
    const { html } = await new Portal().get(path)
    expect([path, html.includes(address)]).toEqual([path, true])
  }
})

test('a document in OpenAPI 3.1 has its pages and their Markdown', async () => {
  for (const { slug, path } of await currentOperations(rail.apiId)) {
    const page = paths.productOperation(rail.slug, 'main', slug)
    expect((await new Portal().get(page)).html).toContain(path)
    expect((await new Portal().get(paths.asMarkdown(page))).html).toContain('## Responses')
  }
})

test('the download is the document, to the letter', async () => {
  const response = await new Portal().request(paths.productApiDocument(hub.slug, 'main'))
  expect(await response.text()).toBe(github)
})
