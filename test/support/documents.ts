// Products with documents and guides for tests, made by the commands themselves.
import { asc, eq } from 'drizzle-orm'
import { createApi } from '~/domain/catalog/create-api.server'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { createProduct } from '~/domain/catalog/create-product.server'
import { importApiDocument } from '~/domain/catalog/import-api-document.server'
import { publishProduct } from '~/domain/catalog/publish-product.server'
import type { Id } from '~/domain/kernel/ids'
import type { Result } from '~/domain/kernel/result'
import { apiOperations, apis } from '~db/schema'
import { contextFor, db, system } from './context'

export function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.message} ${JSON.stringify(result.error.fields ?? {})}`)
  return result.value
}

type Json = Record<string, unknown>

/** A document with one operation, changed at the top. */
export function documentWith(changes: Json = {}, operation: Json = {}): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1.0.0', description: 'All about **pets**.' },
    servers: [{ url: 'https://pets.example' }],
    paths: { '/pets/{petId}': { get: { operationId: 'getPet', tags: ['Pets'], ...operation } } },
    ...changes,
  }
}

export const documentText = (changes: Json = {}, operation: Json = {}) =>
  JSON.stringify(documentWith(changes, operation))

/** The operation that the tests' documents have. */
export const petOperation: Json = {
  summary: 'Get a pet',
  description: 'Answers **one** pet.',
  parameters: [
    {
      name: 'petId',
      in: 'path',
      required: true,
      description: 'Which one',
      schema: { type: 'integer' },
      example: 7,
    },
  ],
  responses: {
    200: {
      description: 'The pet',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, owner: { type: 'object', properties: { age: {} } } },
          },
          example: { name: 'Rex' },
        },
      },
    },
  },
}

/** The operations of the current document of an API, in their order. */
export async function currentOperations(apiId: Id<'api'>) {
  return db
    .select({ slug: apiOperations.slug, path: apiOperations.path, detail: apiOperations.detail })
    .from(apiOperations)
    .innerJoin(apis, eq(apis.documentId, apiOperations.documentId))
    .where(eq(apis.id, apiId))
    .orderBy(asc(apiOperations.position))
}

/** A document of many operations in groups of 40, all alike. */
export function largeDocument(count: number, fill = ''): string {
  const paths = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `/group-${Math.floor(at / 40)}/things/${at}/{thingId}`,
      {
        get: {
          operationId: `getThing${at}`,
          tags: [`Group ${Math.floor(at / 40)}`],
          summary: `Get thing ${at}`,
          description: `Answers **one** thing. ${fill}`,
          parameters: [
            { name: 'thingId', in: 'path', required: true, schema: { type: 'string' }, example: 'abc' },
            { name: 'expand', in: 'query', schema: { type: 'string', enum: ['owner', 'parts'] } },
          ],
          responses: {
            200: {
              description: 'The thing',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
            },
          },
        },
      },
    ]),
  )
  const text = (description: string) => ({ type: 'string', description })
  const properties = {
    id: text('Its id'),
    name: text('Its name'),
    owner: { $ref: '#/components/schemas/Owner' },
  }
  const schemas = {
    Thing: { type: 'object', required: ['id'], properties },
    Owner: { type: 'object', properties: { id: text('Whose it is') } },
  }
  return documentText({ info: { title: 'Things', version: '1.0.0' }, paths, components: { schemas } })
}

type Options = {
  slug?: string
  name?: string
  published?: boolean
  upstreamUrl?: string | null
  document?: string
  tags?: string[]
  description?: string
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

/** A product with a logo, a documented API `main`, a published guide `start` and a draft guide `later`. */
export async function documentedProduct(catalogIds: Id<'cat'>[], options: Options = {}) {
  const ctx = contextFor(system)
  const slug = options.slug ?? `pets-${crypto.randomUUID().slice(0, 8)}`
  const { productId } = done(
    await createProduct(ctx, {
      name: options.name ?? `Pets ${slug}`,
      slug,
      summary: 'Everything about pets',
      description: options.description ?? 'Find a **pet**.',
      tags: options.tags ?? ['animals'],
      featured: false,
      catalogIds,
      logo: { contentType: 'image/svg+xml', bytes: new TextEncoder().encode(svg) },
    }),
  )
  const upstreamUrl = options.upstreamUrl === undefined ? 'https://upstream.test/pets' : options.upstreamUrl
  const { apiId } = done(
    await createApi(ctx, productId, { slug: 'main', name: 'Pets API', version: '1.0.0', upstreamUrl }),
  )
  done(await importApiDocument(ctx, apiId, options.document ?? documentText({}, petOperation)))
  const guide = { body: 'Call `{{baseUrl}}/pets`.', position: 0 }
  done(await createGuide(ctx, productId, { ...guide, slug: 'start', title: 'First steps', published: true }))
  done(await createGuide(ctx, productId, { ...guide, slug: 'later', title: 'Later on', published: false }))
  if (options.published !== false) done(await publishProduct(ctx, productId))
  return { productId, apiId, slug, apiSlug: 'main', name: options.name ?? `Pets ${slug}` }
}
