// The API that a command is about, as it is called now, and the guard that it is still there.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { apis } from '~db/schema'
import { hasLiveAccess } from './find-product.server'

export const noSuchApi: DomainError = domainError('not_found', 'This API does not exist (any more).')

export function apiExists(productId: Id<'prd'>, apiId: Id<'api'>): SQL {
  return sql`exists (select 1 from apis own join products on products.id = own.product_id and products.deleted_at is null
    where own.id = ${apiId} and own.product_id = ${productId})`
}

/** By an external gateway instead of the built-in one. */
export function servedElsewhere(apiId: Id<'api'>): SQL {
  return sql`exists (select 1 from api_gateways b where b.api_id = ${apiId})`
}

/** Version and size of the document that is current, for an event about the next one. */
export function currentDocument(apiId: Id<'api'>) {
  const was = (column: SQL) =>
    sql`(select ${column} from api_documents d join apis on apis.document_id = d.id where apis.id = ${apiId})`
  return { version: was(sql`d.version`), operations: was(sql`d.operation_count`) }
}

/** `live` tells whether somebody has access to the product or waits for it. */
export async function findApi(ctx: DomainContext, productId: Id<'prd'>, apiId: Id<'api'>) {
  const [found] = await ctx.db
    .select({
      name: apis.name,
      slug: apis.slug,
      documentId: apis.documentId,
      live: sql<boolean>`${hasLiveAccess(productId)}`.mapWith(Boolean).as('has_live_access'),
      external: sql<boolean>`${servedElsewhere(apiId)}`.mapWith(Boolean).as('is_external'),
    })
    .from(apis)
    .where(and(eq(apis.id, apiId), apiExists(productId, apiId)))
  return found ?? null
}
