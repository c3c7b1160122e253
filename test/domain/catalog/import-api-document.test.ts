import { count, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { getApiDocumentText } from '~/domain/catalog/queries.server'
import { apiDocumentChunks, apiDocuments, apiOperations, apis, events } from '~db/schema'
import { demoProducts } from '~demo/products'
import { contextFor, db, system, visitor } from '~test/support/context'
import { currentOperations, documentedProduct, documentText, done } from '~test/support/documents'
import * as world from '~test/support/world'

async function product() {
  const catalog = await world.catalog()
  return documentedProduct([catalog.id])
}

test('of 40 documents imported at once one is current, whole, and each is an event', async () => {
  const { apiId, slug } = await product()
  const texts = Array.from({ length: 40 }, (_, at) =>
    documentText({
      info: { title: `Pets ${at}`, version: `${at}.0.0` },
      paths: Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`/v${at}/p${n}`, { get: {} }])),
    }),
  )
  const results = await Promise.all(texts.map((text) => importApiDocument(contextFor(system), apiId, text)))
  expect(results.every((result) => result.ok)).toBe(true)
  const operations = await currentOperations(apiId)
  const version = operations[0]?.path.split('/')[1]
  expect(operations.map((operation) => operation.path)).toEqual(
    Array.from({ length: 13 }, (_, n) => `/${version}/p${n}`),
  )
  const { text } = await getApiDocumentText(contextFor(visitor), slug, 'main')
  expect(texts.indexOf(text)).toBe(Number(version?.slice(1)))
  const imports = await db.select().from(events).where(eq(events.subjectId, apiId))
  expect(imports.filter((event) => event.type === 'api.document_imported')).toHaveLength(41)
})

test('a new document replaces the old one; a refused one changes nothing', async () => {
  const { apiId } = await product()
  const paths = { '/new': { post: { operationId: 'makeNew' } } }
  done(await importApiDocument(contextFor(system), apiId, documentText({ paths })))
  const refused = await importApiDocument(contextFor(system), apiId, documentText({ openapi: '9' }))
  expect(refused).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
  if (!refused.ok) expect(refused.error.fields).toEqual({ document: [expect.stringContaining('"openapi"')] })
  const operations = await currentOperations(apiId)
  expect(operations.map((operation) => operation.slug)).toEqual(['make-new'])
})

test('a document for an API that does not exist is not stored', async () => {
  const ctx = contextFor(system)
  const text = documentText({ info: { title: 'Nowhere', version: '1' } })
  expect(await importApiDocument(ctx, 'api_none', text)).toMatchObject({ error: { code: 'not_found' } })
  expect(await db.select().from(apiDocuments).where(eq(apiDocuments.title, 'Nowhere'))).toEqual([])
  expect(ctx.announced).toEqual([])
})

test('a document of 5 MB comes back to the letter, wherever its pieces end', async () => {
  const { apiId, slug } = await product()
  for (const shift of [0, 1]) {
    const fill = `${'a'.repeat(shift)}${'😀'.repeat(1_200_000)}`
    const text = documentText({ info: { title: 'Pets', version: '1', 'x-fill': fill } })
    done(await importApiDocument(contextFor(system), apiId, text))
    const stored = await getApiDocumentText(contextFor(visitor), slug, 'main')
    expect(stored.text === text).toBe(true)
  }
  const [row] = await db.select({ documentId: apis.documentId }).from(apis).where(eq(apis.id, apiId))
  const chunks = await db
    .select({ content: apiDocumentChunks.content })
    .from(apiDocumentChunks)
    .where(eq(apiDocumentChunks.documentId, row?.documentId ?? 'doc_none'))
  for (const { content } of chunks)
    expect(new TextEncoder().encode(content).byteLength).toBeLessThanOrEqual(500_000)
})

test('1,000 operations are stored in fewer statements than a request may make', async () => {
  const { apiId } = await product()
  const paths = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`/p${at}`, { get: {} }]))
  const ctx = contextFor(system)
  let statements = 0
  const batch = ctx.db.batch.bind(ctx.db)
  const counted = new Proxy(ctx.db, {
    get: (target, name) =>
      name === 'batch'
        ? (list: Parameters<typeof batch>[0]) => {
            statements = list.length
            return batch(list)
          }
        : Reflect.get(target, name),
  })
  done(await importApiDocument({ ...ctx, db: counted }, apiId, documentText({ paths })))
  expect(statements).toBeLessThan(110)
})

const documents = demoProducts.flatMap(({ apis }) => apis.map((api) => [api.slug, api.documentText] as const))

test.each(documents)('the demo’s document %s is imported with every operation', async (_slug, text) => {
  const { apiId } = await product()
  const { documentId, operations } = done(await importApiDocument(contextFor(system), apiId, text))
  expect(operations).toBe(text.match(/^\s+operationId:/gm)?.length)
  const [stored] = await db
    .select({ count: count() })
    .from(apiOperations)
    .where(eq(apiOperations.documentId, documentId))
  expect(stored?.count).toBe(operations)
})
