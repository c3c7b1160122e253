// What admins read about an API and its documents: the API with its history, and one document with what it would change.
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { type PageRequest, toPage } from '~/domain/kernel/page'
import { named } from '~db/columns'
import { keyset } from '~db/keyset'
import { apiDocuments, apiOperations, apis, products } from '~db/schema'
import type { DocumentChanges, DocumentReview } from './document-review'
import { servedColumn } from './queries-served.server'

function apiStatement({ db }: DomainContext, productId: Id<'prd'>, apiId: Id<'api'>) {
  return db
    .select({
      id: named(apis.id, 'api_id'),
      name: named(apis.name, 'api_name'),
      slug: named(apis.slug, 'api_slug'),
      version: apis.version,
      upstreamUrl: apis.upstreamUrl,
      acceptsApiKey: apis.acceptsApiKey,
      acceptsOauth: apis.acceptsOauth,
      documentId: apis.documentId,
      operations: sql<
        number | null
      >`(select d.operation_count from api_documents d where d.id = ${apis.documentId})`.as(
        'operation_count',
      ),
      served: servedColumn(),
      productId: named(products.id, 'product_id'),
      productName: named(products.name, 'product_name'),
      productSlug: named(products.slug, 'product_slug'),
      productState: products.state,
      apps: sql<number>`(select count(distinct access_request_products.app_id) from access_request_products
        where access_request_products.product_id = ${products.id} and access_request_products.live = 1)`.as(
        'app_count',
      ),
    })
    .from(apis)
    .innerJoin(products, eq(products.id, apis.productId))
    .where(and(eq(apis.id, apiId), eq(apis.productId, productId), isNull(products.deletedAt)))
}

const historyColumns = {
  id: apiDocuments.id,
  title: apiDocuments.title,
  version: apiDocuments.version,
  openapiVersion: apiDocuments.openapiVersion,
  sizeBytes: apiDocuments.sizeBytes,
  operationCount: apiDocuments.operationCount,
  draft: apiDocuments.draft,
  createdAt: apiDocuments.createdAt,
  // The lists may be long, and a history tells numbers only.
  counts: sql<DocumentChanges['counts'] | null>`json_extract(${apiDocuments.review}, '$.changes.counts')`
    .mapWith((text: string | null) => (text === null ? null : JSON.parse(text)))
    .as('change_counts'),
}

/** As many documents as a history shows. */
const maxHistory = 50

/** An API, and its documents, the newest first. Throws NotFoundError. */
export async function getApi(ctx: DomainContext<AdminActor>, productId: Id<'prd'>, apiId: Id<'api'>) {
  const [rows, documents] = await ctx.db.batch([
    apiStatement(ctx, productId, apiId),
    ctx.db
      .select(historyColumns)
      .from(apiDocuments)
      .where(eq(apiDocuments.apiId, apiId))
      .orderBy(desc(apiDocuments.createdAt), desc(apiDocuments.id))
      .limit(maxHistory),
  ])
  const api = rows[0]
  if (!api) throw new NotFoundError(`api ${apiId}`)
  return { ...api, documents }
}

export type ApiPage = Awaited<ReturnType<typeof getApi>>

/** The documents of an API, the newest first, however many there are; `current` is the one that readers see. */
export async function listApiDocuments(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
  page: PageRequest,
) {
  const { after, order } = keyset(page, apiDocuments.createdAt, apiDocuments.id)
  const [owners, rows] = await ctx.db.batch([
    apiStatement(ctx, productId, apiId),
    ctx.db
      .select(historyColumns)
      .from(apiDocuments)
      .where(and(eq(apiDocuments.apiId, apiId), after))
      .orderBy(...order)
      .limit(page.size + 1),
  ])
  const api = owners[0]
  if (!api) throw new NotFoundError(`api ${apiId}`)
  const current = api.documentId
  return { ...toPage(rows, page, (row) => ({ key: row.createdAt, id: row.id })), current }
}

/** The API alone. Throws NotFoundError. */
export async function getApiFacts(ctx: DomainContext<AdminActor>, productId: Id<'prd'>, apiId: Id<'api'>) {
  const [api] = await apiStatement(ctx, productId, apiId)
  if (!api) throw new NotFoundError(`api ${apiId}`)
  return api
}

/** As many operations as the preview of a document lists. */
const maxPreview = 300

/** One document of an API: its operations, and what the check found. Throws NotFoundError. */
export async function getApiDocument(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
  documentId: Id<'doc'>,
) {
  const [rows, documents, operations] = await ctx.db.batch([
    apiStatement(ctx, productId, apiId),
    ctx.db
      .select({
        id: apiDocuments.id,
        title: apiDocuments.title,
        version: apiDocuments.version,
        format: apiDocuments.format,
        openapiVersion: apiDocuments.openapiVersion,
        sizeBytes: apiDocuments.sizeBytes,
        operationCount: apiDocuments.operationCount,
        draft: apiDocuments.draft,
        review: apiDocuments.review,
        comparedToId: apiDocuments.comparedToId,
        createdAt: apiDocuments.createdAt,
      })
      .from(apiDocuments)
      .where(and(eq(apiDocuments.id, documentId), eq(apiDocuments.apiId, apiId))),
    ctx.db
      .select({
        method: apiOperations.method,
        path: apiOperations.path,
        tag: apiOperations.tag,
        summary: apiOperations.summary,
        deprecated: apiOperations.deprecated,
      })
      .from(apiOperations)
      .where(eq(apiOperations.documentId, documentId))
      .orderBy(asc(apiOperations.position))
      .limit(maxPreview),
  ])
  const [api, document] = [rows[0], documents[0]]
  if (!api || !document) throw new NotFoundError(`document ${documentId}`)
  return { api, document: { ...document, review: document.review as DocumentReview | null }, operations }
}
