// The rows of a document: what pages need, made once, and the text in pieces for download.
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { apiDocumentChunks, apiDocuments, apiOperationGroups, apiOperations } from '~db/schema'
import type { DocumentReview } from './document-review'
import type { DocumentOverview, ReadDocument } from './operation'
import { partsOfNames } from './search'

/** At most 500 KB: a character of the text has up to 3 bytes, and D1 takes 2 MB a row. */
const chunkCharacters = 160_000

/** D1 binds at most 100 values a statement: seven columns a group, ten an operation. */
const rowsPerStatement = { groups: 14, operations: 10 }

export type NewDocument = {
  documentId: Id<'doc'>
  apiId: Id<'api'>
  text: string
  document: ReadDocument
  /** Of a document that is checked and not imported yet. */
  draft?: { review: DocumentReview; comparedToId: Id<'doc'> | null }
}

/** The statements that store a document, for a `db.batch`. */
export async function documentRows(ctx: DomainContext, added: NewDocument) {
  const { documentId, apiId, text, document, draft } = added
  const { servers, securitySchemes } = document
  const overview: DocumentOverview = { servers, securitySchemes }
  const operations = document.operations.map((operation, position) => ({
    documentId,
    position,
    ...operation,
    nameParts: partsOfNames(
      [operation.detail.operationId ?? '', operation.path, operation.tag, operation.summary].join(' '),
    ),
  }))
  const groups = document.groups.map(({ description, ...group }, position) => ({
    documentId,
    position,
    descriptionHtml: ctx.markdown.render(description),
    ...group,
  }))
  return [
    ctx.db.insert(apiDocuments).values({
      id: documentId,
      apiId,
      format: document.format,
      openapiVersion: document.openapiVersion,
      title: document.title,
      version: document.version,
      descriptionHtml: ctx.markdown.render(document.description),
      descriptionMarkdown: document.description,
      overview,
      sizeBytes: new TextEncoder().encode(text).byteLength,
      sha256: await ctx.tokens.hash(text),
      operationCount: document.operations.length,
      draft: draft !== undefined,
      review: draft?.review ?? null,
      comparedToId: draft?.comparedToId ?? null,
      createdAt: ctx.now,
    }),
    ...chunksOf(text).map((content, position) =>
      ctx.db.insert(apiDocumentChunks).values({ documentId, position, content }),
    ),
    ...slices(groups, rowsPerStatement.groups).map((some) => ctx.db.insert(apiOperationGroups).values(some)),
    ...slices(operations, rowsPerStatement.operations).map((some) =>
      ctx.db.insert(apiOperations).values(some),
    ),
  ] as const
}

function slices<T>(rows: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) =>
    rows.slice(at * size, (at + 1) * size),
  )
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
