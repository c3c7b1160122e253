// Imports an OpenAPI document: read, check and render once, store what pages need. The newest import is the current one,
// in one write: readers see the old document or the new one, whole.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apiDocumentChunks, apiDocuments, apiOperations, apis } from '~db/schema'
import type { DocumentOverview } from './operation'
import { readOpenApi } from './read-openapi'

/** At most 500 KB: a character of the text has up to 3 bytes, and D1 takes 2 MB a row. */
const chunkCharacters = 160_000

/** Nine columns a row, and D1 binds at most 100 values a statement. */
const operationsPerStatement = 11

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
  const overview: DocumentOverview = {
    servers: document.servers,
    tags: document.tags.map((tag) => ({
      name: tag.name,
      descriptionHtml: ctx.markdown.render(tag.description),
    })),
    securitySchemes: document.securitySchemes,
  }
  const event = recordEvent(
    ctx,
    {
      type: 'api.document_imported',
      subjectType: 'api',
      subjectId: apiId,
      data: { name: api.name, version: document.version, operations: document.operations.length },
    },
    sql`exists (select 1 from ${apis} where ${apis.id} = ${apiId} and ${apis.documentId} = ${documentId})`,
  )
  const operations = document.operations.map((operation, position) => ({
    documentId,
    position,
    ...operation,
  }))
  const statements = Array.from({ length: Math.ceil(operations.length / operationsPerStatement) }, (_, at) =>
    ctx.db
      .insert(apiOperations)
      .values(operations.slice(at * operationsPerStatement, (at + 1) * operationsPerStatement)),
  )
  await ctx.db.batch([
    ctx.db.insert(apiDocuments).values({
      id: documentId,
      apiId,
      format: document.format,
      openapiVersion: document.openapiVersion,
      title: document.title,
      version: document.version,
      descriptionHtml: ctx.markdown.render(document.description),
      overview,
      sizeBytes: new TextEncoder().encode(text).byteLength,
      sha256: await ctx.tokens.hash(text),
      operationCount: document.operations.length,
      createdAt: ctx.now,
    }),
    ...chunksOf(text).map((content, position) =>
      ctx.db.insert(apiDocumentChunks).values({ documentId, position, content }),
    ),
    ...statements,
    ctx.db.update(apis).set({ documentId }).where(eq(apis.id, apiId)),
    event.statement,
  ])
  ctx.announce(event.id)
  return ok({ documentId, operations: document.operations.length })
}

/** The text in pieces, none of which ends inside a character that takes two units. */
function chunksOf(text: string): string[] {
  const chunks: string[] = []
  for (let at = 0; at < text.length; at += chunks.at(-1)?.length ?? text.length) {
    const end = at + chunkCharacters
    const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1)) && end < text.length
    chunks.push(text.slice(at, splitsPair ? end - 1 : end))
  }
  return chunks
}
