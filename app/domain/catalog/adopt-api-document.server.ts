// Makes a stored document of an API the current one: the draft that was checked, or an earlier one that comes back. Readers see
// the old document or the new one, whole. A draft is only taken while it was compared with what is current.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apiDocuments, apis, events } from '~db/schema'
import type { DocumentReview } from './document-review'
import { apiExists, currentDocument, findApi, noSuchApi } from './find-api.server'

export async function adoptApiDocument(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
  documentId: Id<'doc'>,
): Promise<Result<{ version: string; wasDraft: boolean }>> {
  const api = await findApi(ctx, productId, apiId)
  if (!api) return fail(noSuchApi)
  const [document] = await ctx.db
    .select({
      version: apiDocuments.version,
      operations: apiDocuments.operationCount,
      draft: apiDocuments.draft,
      review: apiDocuments.review,
    })
    .from(apiDocuments)
    .where(and(eq(apiDocuments.id, documentId), eq(apiDocuments.apiId, apiId)))
  if (!document) {
    return fail(domainError('conflict', 'Somebody checked another document since. Check this one again.'))
  }
  const { version, operations, draft } = document
  const review = document.review as DocumentReview | null
  const event = recordEvent(
    ctx,
    {
      type: draft ? 'api.document_imported' : 'api.document_restored',
      subjectType: 'api',
      subjectId: apiId,
      data: {
        name: api.name,
        version,
        operations,
        ...(draft ? { breaking: (review?.changes?.counts.breaking ?? 0) > 0 } : {}),
      },
    },
    sql`${apiExists(productId, apiId)} and exists (select 1 from api_documents candidate join apis on apis.id = candidate.api_id
      where candidate.id = ${documentId} and candidate.api_id = ${apiId} and candidate.draft = ${draft ? 1 : 0}
      and apis.document_id is not candidate.id
      and (candidate.draft = 0 or candidate.compared_to_id is apis.document_id))`,
    currentDocument(apiId),
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const [, adopted] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(apis)
      .set({ documentId })
      .where(and(eq(apis.id, apiId), won))
      .returning({ id: apis.id }),
    ctx.db
      .update(apiDocuments)
      .set({ draft: false })
      .where(and(eq(apiDocuments.id, documentId), won)),
  ])
  if (!adopted[0]) {
    return fail(
      draft
        ? domainError(
            'conflict',
            'Another document was imported since this one was checked. Check it again to see what it changes now.',
          )
        : domainError('already_decided', 'This document is the current one already.'),
    )
  }
  ctx.announce(event.id)
  return ok({ version, wasDraft: draft })
}
