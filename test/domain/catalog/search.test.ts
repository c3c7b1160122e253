// Full-text search: what is found, in which order, by whom, and that it keeps in step with what is searched.
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findEverything } from '~/domain/apps/queries-palette.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { productFilterOf } from '~/domain/catalog/product'
import { listVisibleProducts } from '~/domain/catalog/queries-list.server'
import { partsOfNames, wordsOf } from '~/domain/catalog/search'
import type { Actor } from '~/domain/kernel/actor'
import { apis, guides, products, productTags, searchEntries, searchWords } from '~db/schema'
import { contextFor, db, system, visitor } from '~test/support/context'
import { documentedProduct, documentText, done, largeDocument } from '~test/support/documents'
import * as world from '~test/support/world'

const mark = () => `w${crypto.randomUUID().replaceAll('-', '').slice(0, 10)}`

async function found(text: string, actor: Actor = visitor): Promise<string[]> {
  const { hits } = await findEverything(contextFor(actor), text)
  return hits.map((hit) => `${hit.kind} ${hit.title}`)
}

async function listed(text: string, actor: Actor = visitor) {
  const filter = productFilterOf(new URLSearchParams({ q: text }))
  return listVisibleProducts(contextFor(actor), filter, { cursor: null, direction: 'next', size: 30 })
}

test('a product is found by name, summary, tag and description; an API, an operation and a guide by theirs', async () => {
  const catalog = await world.catalog()
  const word = mark()
  const operation = {
    operationId: `send${word.replace('w', 'W')}Now_later`,
    summary: `Send ${word}`,
    responses: {},
  }
  const { productId } = await documentedProduct([catalog.id], {
    name: `Alpha ${word}`,
    document: documentText({ paths: { [`/x/${word}`]: { post: operation } } }),
  })
  await db.insert(productTags).values({ productId, tag: `${word}tag` })
  await db
    .update(guides)
    .set({ title: `How to ${word}` })
    .where(eq(guides.productId, productId))
  await db
    .update(apis)
    .set({ name: `${word} API` })
    .where(eq(apis.productId, productId))
  expect((await found(word)).sort()).toEqual([
    `api ${word} API`,
    `guide How to ${word}`,
    `operation Send ${word}`,
    `product Alpha ${word}`,
  ])
  expect(await found(`alpha ${word}`)).toEqual([`product Alpha ${word}`])
  expect(await found(`${word}tag`)).toEqual([`product Alpha ${word}`])
  expect(await found(`/x/${word}`)).toEqual([`operation Send ${word}`])
  // Parts of camelCase, snake_case and paths are words, and so is the whole.
  for (const text of [`now ${word}`, `later ${word}`, `send${word}now_later`, `x/{${word}}`])
    expect(await found(text), text).toEqual([`operation Send ${word}`])
  expect(await found(`post ${word}`)).toEqual([`operation Send ${word}`])
  expect(await found(`${word} nothing`)).toEqual([])
})

test('a name is found from each of its parts on, also within runs of capitals, and the whole still finds it', async () => {
  const catalog = await world.catalog()
  const word = mark()
  const names = [
    'listAPIKeys',
    'getHTTPStatusV2',
    'createOAuthToken',
    'listAPIsOfTeam',
    'send_SMSBatch',
    `notify${'AndWaitALittle'.repeat(3)}`,
  ]
  const paths = Object.fromEntries([
    ...names.map((operationId, at) => [
      `/x${at}`,
      { get: { operationId, summary: `${word} ${operationId}` } },
    ]),
    ['/userIDs/{tenantURL}', { get: { summary: `${word} path` } }],
  ])
  await documentedProduct([catalog.id], { document: documentText({ paths }) })
  const expected: Record<string, string> = {
    keys: 'listAPIKeys',
    apikey: 'listAPIKeys',
    listAPIKeys: 'listAPIKeys',
    listapi: 'listAPIKeys listAPIsOfTeam',
    http: 'getHTTPStatusV2',
    status: 'getHTTPStatusV2',
    v2: 'getHTTPStatusV2',
    GETHTTP: 'getHTTPStatusV2',
    oauth: 'createOAuthToken',
    token: 'createOAuthToken',
    'oauth create': 'createOAuthToken',
    apis: 'listAPIKeys listAPIsOfTeam',
    apisOf: 'listAPIsOfTeam',
    sms: 'send_SMSBatch',
    batch: 'send_SMSBatch',
    // A rest longer than a word may be is kept as far as that.
    andwaitalittleandwait: names.at(-1) ?? '',
    little: names.at(-1) ?? '',
    tenanturl: 'path',
    ids: 'path',
    url: 'path',
    // Not from the middle of a part.
    eys: '',
  }
  for (const [typed, operations] of Object.entries(expected)) {
    const titles = (await found(`${word} ${typed}`)).map((hit) => hit.split(' ').at(-1))
    expect(titles.sort().join(' '), typed).toBe(operations)
  }
})

test('parts of names: what they are, and that neither their length nor their number grows with the name', () => {
  expect(partsOfNames('listAPIKeys')).toBe('apikeys keys')
  expect(partsOfNames('getHTTPStatusV2 /v1/apiKeys/{keyId}')).toBe('httpstatusv2 statusv2 v2 keys id')
  expect(partsOfNames('OAuthToken IPv4Address')).toBe('authtoken token pv4address address')
  expect(partsOfNames('größeÄndern')).toBe('Ändern')
  for (const plain of ['', 'list', 'LIST', 'list_keys', 'sha256', '/v1/keys/{id}'])
    expect(partsOfNames(plain), plain).toBe('')
  const parts = partsOfNames(Array.from({ length: 5000 }, (_, at) => `P𝐚rt${at}`).join('')).split(' ')
  expect(parts).toHaveLength(24)
  for (const part of parts) expect([...part]).toHaveLength(40)
  expect(partsOfNames(`${'x'.repeat(2000)} listKeys`)).toBe('')
})

test('names count more than texts, and whole words more than beginnings', async () => {
  const catalog = await world.catalog()
  const word = mark()
  await documentedProduct([catalog.id], { name: 'In the text', description: `About ${word}.` })
  await documentedProduct([catalog.id], { name: `${word}longer` })
  await documentedProduct([catalog.id], { name: word })
  const { page } = await listed(word)
  expect(page.rows.map((row) => row.name)).toEqual([word, `${word}longer`, 'In the text'])
})

test('the catalog list shows at most three matching parts under their product, and pages through the best', async () => {
  const catalog = await world.catalog()
  const word = mark()
  const paths = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [
      `/a${at}`,
      { get: { operationId: `${word}${at}`, summary: `${word} ${at}`, responses: {} } },
    ]),
  )
  const { slug } = await documentedProduct([catalog.id], { document: documentText({ paths }) })
  for (const name of ['One', 'Two', 'Three'])
    await documentedProduct([catalog.id], { name: `${name} ${word}` })
  const { page, hits } = await listed(word)
  expect(page.rows).toHaveLength(4)
  expect(hits.map((hit) => hit.productSlug)).toEqual([slug, slug, slug])
  const filter = productFilterOf(new URLSearchParams({ q: word }))
  const seen: string[] = []
  for (let cursor: string | null = null, pages = 0; pages < 4; pages += 1) {
    const next = await listVisibleProducts(contextFor(visitor), filter, {
      cursor,
      direction: 'next',
      size: 1,
    })
    seen.push(...next.page.rows.map((row) => row.slug))
    cursor = next.page.next
  }
  expect(seen).toEqual(page.rows.map((row) => row.slug))
})

test('what changes is found anew, and what is gone is not found', async () => {
  const catalog = await world.catalog()
  const [first, second] = [mark(), mark()]
  const documentOf = (word: string) =>
    documentText({ paths: { '/x': { get: { operationId: `get${word}`, summary: word, responses: {} } } } })
  const { productId, apiId } = await documentedProduct([catalog.id], { document: documentOf(first) })
  expect(await found(first)).toEqual([`operation ${first}`])
  done(await importApiDocument(contextFor(system), apiId, documentOf(second)))
  expect(await found(first)).toEqual([])
  expect(await found(second)).toEqual([`operation ${second}`])
  await db
    .update(products)
    .set({ name: `Renamed ${first}` })
    .where(eq(products.id, productId))
  expect(await found(first)).toEqual([`product Renamed ${first}`])
  await db
    .update(guides)
    .set({ bodyMarkdown: `Text ${first}` })
    .where(eq(guides.slug, 'start'))
  expect(await found(`text ${first}`)).toContain('guide First steps')
  await db.insert(productTags).values({ productId, tag: 'temporary' })
  await db.delete(productTags).where(eq(productTags.productId, productId))
  expect(await found(`temporary ${first}`)).toEqual([])
  await db.delete(products).where(eq(products.id, productId))
  expect(await found(second)).toEqual([])
  expect(await db.select().from(searchEntries).where(eq(searchEntries.productId, productId))).toEqual([])
  expect(await db.select().from(searchWords).where(eq(searchWords.word, second))).toEqual([])
})

test('a draft guide and a draft product are found by admins only', async () => {
  const catalog = await world.catalog()
  const word = mark()
  const { productId } = await documentedProduct([catalog.id], { name: `Draft ${word}`, published: false })
  const open = await documentedProduct([catalog.id], { name: `Open ${word}` })
  await db
    .update(guides)
    .set({ title: `Guide ${word}`, state: 'draft' })
    .where(eq(guides.productId, open.productId))
  expect(await found(word)).toEqual([`product Open ${word}`])
  const seen = await found(word, await world.admin())
  expect(seen).toContain(`product Draft ${word}`)
  expect(seen).toContain(`guide Guide ${word}`)
  expect(productId).toBeTruthy()
})

test('nothing that one can type is an error', async () => {
  const typed = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom('"', "'", '*', ' ', 'a', 'NEAR(', ')', '-', '%', '\\', '\u0000', '\ud800', '😀', 'é'),
      )
      .map((parts) => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      expect([...partsOfNames(text)].every((letter) => !/[\p{Cc}"']/u.test(letter))).toBe(true)
      expect(wordsOf(text).every((word) => word !== '' && !/[\s"'*]/.test(word))).toBe(true)
      await findEverything(contextFor(visitor), text)
      await listed(text)
    }),
    { numRuns: 60 },
  )
})

test('any text can be stored, and its words are found again', async () => {
  const catalog = await world.catalog()
  const word = mark()
  const strange = `"\\ \u0001\u001f\n\t😀 日本語 Ünï [{('${word}')}] \\" end`
  await documentedProduct([catalog.id], { name: 'Strange', description: strange })
  expect(await found(word)).toEqual(['product Strange'])
  expect(await found(`日本 Ünï ${word}`)).toEqual(['product Strange'])
})

test('a search over a document of 1,000 operations reads a bounded number of rows', async () => {
  const catalog = await world.catalog()
  const { slug } = await documentedProduct([catalog.id], { document: largeDocument(1000) })
  const { page, hits } = await listed('thing')
  expect(page.rows.map((row) => row.slug)).toContain(slug)
  expect(hits.length).toBeLessThanOrEqual(3 * page.rows.length)
  expect((await found('getThing77')).slice(0, 1)).toEqual(['operation Get thing 77'])
})

test('a developer finds their own apps, and nobody else’s', async () => {
  const name = `App ${mark()}`
  const owner = await world.superAdmin()
  const app = await world.app(owner, { name, nameKey: name.toLowerCase() })
  const apps = async (actor: Actor) => (await findEverything(contextFor(actor), name)).apps
  expect(await apps(owner)).toEqual([{ id: app.id, name }])
  for (const actor of [visitor, await world.superAdmin(), await world.admin()])
    expect(await apps(actor)).toEqual([])
})
