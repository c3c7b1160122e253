// Checks a document before it is imported: every problem with its line, or a draft that is stored with what changed since the
// current document. Nothing that anybody reads changes; the draft before it is gone.
import { and, asc, eq, ne } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesReference } from '~/domain/kernel/unique'
import { apiDocumentChunks, apiDocuments } from '~db/schema'
import { compareDocuments } from './compare-documents'
import { linesOf } from './document-lines'
import { documentErrors, documentWarnings } from './document-problems'
import { isObject, type Json } from './document-refs'
import { type DocumentChanges, type DocumentProblem, problemLabel } from './document-review'
import { documentRows } from './document-rows.server'
import { findApi, noSuchApi } from './find-api.server'
import { readJsonOrYaml } from './read-json-or-yaml'
import { type ReadResult, readOpenApi } from './read-openapi'

export async function checkApiDocument(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
  text: string,
): Promise<Result<{ documentId: Id<'doc'> }>> {
  const api = await findApi(ctx, productId, apiId)
  if (!api) return fail(noSuchApi)
  const read = readOpenApi(text, ctx.markdown.render)
  if (!read.ok) return fail(refusal(text, read))

  const documentId = newId('doc', ctx.now)
  const changes = api.documentId && (await changesSince(ctx, api.documentId, read.source))
  const warnings = withLines(text, read.document.format, documentWarnings(read.source))
  const rows = await documentRows(ctx, {
    documentId,
    apiId,
    text,
    document: read.document,
    draft: { review: { warnings, changes: changes || null }, comparedToId: api.documentId },
  })
  try {
    await ctx.db.batch([
      ...rows,
      ctx.db
        .delete(apiDocuments)
        .where(
          and(eq(apiDocuments.apiId, apiId), eq(apiDocuments.draft, true), ne(apiDocuments.id, documentId)),
        ),
    ])
  } catch (error) {
    // The API was deleted while its document was read.
    if (violatesReference(error)) return fail(noSuchApi)
    throw error
  }
  return ok({ documentId })
}

function refusal(text: string, read: Extract<ReadResult, { ok: false }>): DomainError {
  const { source } = read
  // What cannot be read has no places, or tells its line itself.
  if (!source) return notImportable(read.problem, [{ line: null, at: '#', text: read.problem }])
  const found = documentErrors(source.value)
  const all = found.some((one) => one.text === read.problem)
    ? found
    : [{ at: '#', text: read.problem }, ...found]
  // What Swagger 2.0 lacks of OpenAPI 3 is not a mistake of its own.
  const told = source.value['swagger'] !== undefined ? all.slice(0, 1) : all
  return notImportable(read.problem, withLines(text, source.format, told))
}

function notImportable(message: string, problems: DocumentProblem[]): DomainError {
  return domainError('invalid_input', message, {
    fields: { '': problems.map(problemLabel), text: ['This document cannot be imported.'] },
  })
}

function withLines(
  text: string,
  format: 'json' | 'yaml',
  found: { at: string; text: string }[],
): DocumentProblem[] {
  const lines = linesOf(
    text,
    format,
    found.map(({ at }) => at),
  )
  return found.map((one) => ({ ...one, at: one.at.slice(0, 300), line: lines.get(one.at) ?? null }))
}

async function changesSince(
  ctx: DomainContext,
  documentId: Id<'doc'>,
  after: Json,
): Promise<DocumentChanges | null> {
  const chunks = await ctx.db
    .select({ content: apiDocumentChunks.content })
    .from(apiDocumentChunks)
    .where(eq(apiDocumentChunks.documentId, documentId))
    .orderBy(asc(apiDocumentChunks.position))
  const before = readJsonOrYaml(chunks.map((chunk) => chunk.content).join(''))
  return before.ok && isObject(before.value) ? compareDocuments(before.value, after) : null
}
