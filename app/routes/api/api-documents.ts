// The OpenAPI documents of an API over the API: a build publishes its own. It is checked as on the page, and readers see the
// one before until the new one is in, whole.
import { z } from 'zod'
import { adoptApiDocument } from '~/domain/catalog/adopt-api-document.server'
import { checkApiDocument } from '~/domain/catalog/check-api-document.server'
import { getApiDocument, type getApiFacts, listApiDocuments } from '~/domain/catalog/queries-documents.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { fail, ok } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { listAnswer, listOf, listQuery, pageOf, time, timeSchema } from './lists'

const listedDocument = z.strictObject({
  id: idSchema('doc'),
  api_id: idSchema('api'),
  state: z
    .enum(['current', 'earlier', 'draft'])
    .describe('`current` is what readers see; a `draft` was checked by an admin and not imported yet.'),
  title: z.string(),
  version: z.string(),
  openapi_version: z.string(),
  operations: z.int(),
  size_bytes: z.int(),
  changes: z
    .strictObject({ added: z.int(), removed: z.int(), changed: z.int(), breaking: z.int() })
    .nullable()
    .describe('Operations, against the document that was current before; null when there was none.'),
  created_at: timeSchema,
})

const operationName = z.strictObject({ method: z.string(), path: z.string() })
const document = listedDocument.extend({
  format: z.enum(['json', 'yaml']),
  warnings: z
    .array(
      z.strictObject({
        line: z.int().nullable(),
        at: z.string().describe('The place in the document, as a JSON pointer after a #.'),
        text: z.string(),
      }),
    )
    .describe('What is odd, and was imported all the same.'),
  change_list: z
    .strictObject({
      added: z.array(operationName),
      removed: z.array(operationName),
      changed: z.array(
        operationName.extend({ notes: z.array(z.strictObject({ text: z.string(), breaking: z.boolean() })) }),
      ),
      partial: z.boolean().describe('The documents were too large to compare in full.'),
    })
    .nullable()
    .describe('The first operations of each kind.'),
})
const answer = { name: 'ApiDocument', schema: document }

/** A document may have 5 MB; as a text in JSON its quotes and line breaks take twice their room. */
const maxBytes = 10 * 1024 * 1024
const newDocument = z.object({
  document: z
    .string({ error: 'Send the text of the document, as a string.' })
    .refine((text) => text.isWellFormed(), 'The document has half of a surrogate pair.')
    .describe('The text of an OpenAPI 3.0 or 3.1 document, JSON or YAML, at most 5 MB.'),
})

const ofApi = '/products/{product_id}/apis/{api_id}/documents'
const path = `${ofApi}/{document_id}` as const
const tag = 'documents'
const read = { tag, scope: 'products:read' } as const
const write = { tag, scope: 'products:write' } as const

export const apiDocumentOperations = [
  operation({
    ...read,
    id: 'listApiDocuments',
    method: 'GET',
    path: ofApi,
    summary: 'List the documents of an API, newest first',
    query: listQuery({}),
    answer: { name: 'ApiDocumentList', schema: listOf(listedDocument) },
    async run(ctx, { ids, query }) {
      const page = await listApiDocuments(ctx, ids.product_id, ids.api_id, pageOf(query))
      return ok(
        listAnswer(page, (row) => toListedDocument(row, { id: ids.api_id, documentId: page.current })),
      )
    },
  }),
  operation({
    ...write,
    id: 'importApiDocument',
    method: 'POST',
    path: ofApi,
    summary: 'Import a document: it becomes the current one',
    description:
      'One that cannot be imported is refused with 422, every problem in `errors` with its line, and nothing changes. A draft that an admin had checked and not imported is dropped. The body may have 10 MB: a document of 5 MB, in JSON.',
    body: bodyOf('ImportApiDocument', newDocument, { maxBytes }),
    status: 201,
    answer,
    errors: ['conflict'],
    async run(ctx, { ids, body }) {
      const { product_id: productId, api_id: apiId } = ids
      const checked = await checkApiDocument(ctx, productId, apiId, body.document)
      if (!checked.ok) return fail(inDocument(checked.error))
      const { documentId } = checked.value
      const adopted = await adoptApiDocument(ctx, productId, apiId, documentId)
      if (adopted.ok) return ok(await one(ctx, productId, apiId, documentId))
      return fail(adopted.error.code === 'conflict' ? overtaken : adopted.error)
    },
  }),
  operation({
    ...read,
    id: 'getApiDocument',
    method: 'GET',
    path,
    summary: 'Get a document: what the check found, and what it changed',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.product_id, ids.api_id, ids.document_id)),
  }),
  operation({
    ...write,
    id: 'adoptApiDocument',
    method: 'POST',
    path: `${path}/adopt`,
    summary: 'Make a stored document the current one: an earlier one, or a draft that was checked',
    answer,
    errors: ['already_decided', 'conflict'],
    async run(ctx, { ids }) {
      const { product_id: productId, api_id: apiId, document_id: documentId } = ids
      await getApiDocument(ctx, productId, apiId, documentId)
      const adopted = await adoptApiDocument(ctx, productId, apiId, documentId)
      return adopted.ok ? ok(await one(ctx, productId, apiId, documentId)) : adopted
    },
  }),
]

const overtaken = domainError(
  'conflict',
  'Another document of this API came in at the same moment. Look which one is current, and send yours again, under a new key, if it should be.',
)

/** The check lists its problems above the form; here they are about the one field. */
function inDocument(error: DomainError): DomainError {
  const problems = error.fields?.['']
  return problems ? { ...error, fields: { document: problems } } : error
}

/** Throws NotFoundError. */
async function one(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
  documentId: Id<'doc'>,
): Promise<z.output<typeof document>> {
  const { api, document: row } = await getApiDocument(ctx, productId, apiId, documentId)
  const changes = row.review?.changes ?? null
  return {
    ...toListedDocument({ ...row, counts: changes?.counts ?? null }, api),
    format: row.format,
    warnings: (row.review?.warnings ?? []).map(({ line, at, text }) => ({ line, at, text })),
    change_list: changes && {
      added: changes.added.map(nameOf),
      removed: changes.removed.map(nameOf),
      changed: changes.changed.map((one) => ({
        ...nameOf(one),
        notes: one.notes.map(({ text, breaking }) => ({ text, breaking })),
      })),
      partial: changes.partial,
    },
  }
}

function nameOf({ method, path: at }: z.output<typeof operationName>) {
  return { method, path: at }
}

type Row = Awaited<ReturnType<typeof listApiDocuments>>['rows'][number]
type Owner = Pick<Awaited<ReturnType<typeof getApiFacts>>, 'id' | 'documentId'>

function toListedDocument(row: Row, api: Owner): z.output<typeof listedDocument> {
  return {
    id: row.id,
    api_id: api.id,
    state: row.draft ? 'draft' : row.id === api.documentId ? 'current' : 'earlier',
    title: row.title,
    version: row.version,
    openapi_version: row.openapiVersion,
    operations: row.operationCount,
    size_bytes: row.sizeBytes,
    changes: row.counts,
    created_at: time(row.createdAt),
  }
}
