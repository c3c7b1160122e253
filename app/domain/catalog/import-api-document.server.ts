// Imports an OpenAPI document: read, check and render once, store what pages need. The newest import is the current one,
// in one write: readers see the old document or the new one, whole.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apis } from '~db/schema'
import { documentRows } from './document-rows.server'
import { currentDocument } from './find-api.server'
import { readOpenApi } from './read-openapi'

export async function importApiDocument(
  ctx: DomainContext<AdminActor | SystemActor>,
  apiId: Id<'api'>,
  text: string,
): Promise<Result<{ documentId: Id<'doc'>; operations: number }>> {
  const read = readOpenApi(text, ctx.markdown.render)
  if (!read.ok) return fail(fieldError('document', read.problem))
  const [api] = await ctx.db.select({ name: apis.name }).from(apis).where(eq(apis.id, apiId))
  if (!api) return fail(domainError('not_found', 'This API does not exist.'))

  const { document } = read
  const documentId = newId('doc', ctx.now)
  const event = recordEvent(
    ctx,
    {
      type: 'api.document_imported',
      subjectType: 'api',
      subjectId: apiId,
      data: { name: api.name, version: document.version, operations: document.operations.length },
    },
    sql`exists (select 1 from apis where apis.id = ${apiId})`,
    currentDocument(apiId),
  )
  const rows = await documentRows(ctx, { documentId, apiId, text, document })
  await ctx.db.batch([
    event.statement,
    ...rows,
    // Last: the triggers of the search read the operations of the document that becomes the current one.
    ctx.db.update(apis).set({ documentId }).where(eq(apis.id, apiId)),
  ])
  ctx.announce(event.id)
  return ok({ documentId, operations: document.operations.length })
}
