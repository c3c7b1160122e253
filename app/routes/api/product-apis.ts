// The APIs of a product over the API: the commands of the admins' pages, under their own rules.
import { z } from 'zod'
import { createApi } from '~/domain/catalog/create-api.server'
import { deleteApi } from '~/domain/catalog/delete-api.server'
import { editApi } from '~/domain/catalog/edit-api.server'
import {
  type ApiCredentialType,
  apiCredentialTypes,
  apiFormInput,
  createApiInput,
} from '~/domain/catalog/product'
import { getApiFacts } from '~/domain/catalog/queries-documents.server'
import { getProduct } from '~/domain/catalog/queries-products.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { ok } from '~/domain/kernel/result'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { given, listOf } from './lists'

const listedApi = z.strictObject({
  id: idSchema('api'),
  product_id: idSchema('prd'),
  name: z.string(),
  slug: z.string(),
  version: z.string(),
  upstream_url: z.string().nullable().describe('Null: it is documented only, not called.'),
  operations: z.int().nullable().describe('Of its current document; null when it has none.'),
})
const api = listedApi.extend({
  accepts: z.array(z.enum(apiCredentialTypes)),
  document_id: idSchema('doc').nullable().describe('The current document.'),
  served_at: z.string().nullable().describe('Where an external gateway answers instead of the built-in one.'),
  apps: z.int().describe('How many can call it or wait to.'),
})
const answer = { name: 'Api', schema: api }

const { slug, name, version, upstreamUrl } = createApiInput.shape
const { accepts } = apiFormInput.shape
const newApi = apiFormInput.extend({ accepts: accepts.default(['api_key']) })
const changes = z.object({
  slug: slug.optional(),
  name: name.optional(),
  version: version.optional(),
  upstreamUrl: upstreamUrl.optional(),
  accepts: accepts.optional(),
})

const ofProduct = '/products/{product_id}/apis'
const path = `${ofProduct}/{api_id}` as const
const tag = 'apis'
const read = { tag, scope: 'products:read' } as const
const write = { tag, scope: 'products:write' } as const

export const productApiOperations = [
  operation({
    ...read,
    id: 'listApis',
    method: 'GET',
    path: ofProduct,
    summary: 'List the APIs of a product, all of them, in the order of its pages',
    answer: { name: 'ApiList', schema: listOf(listedApi) },
    async run(ctx, { ids }) {
      const product = await getProduct(ctx, ids.product_id)
      const data = product.apis.map((row) => toListedApi({ ...row, productId: product.id }))
      return ok({ data, next_cursor: null })
    },
  }),
  operation({
    ...write,
    id: 'createApi',
    method: 'POST',
    path: ofProduct,
    summary: 'Add an API to a product',
    description: 'Without an upstream it is documentation only. Its document comes next.',
    body: bodyOf('CreateApi', newApi),
    status: 201,
    answer,
    async run(ctx, { ids, body }) {
      const made = await createApi(ctx, ids.product_id, body)
      return made.ok ? ok(await one(ctx, ids.product_id, made.value.apiId)) : made
    },
  }),
  operation({
    ...read,
    id: 'getApi',
    method: 'GET',
    path,
    summary: 'Get an API',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.product_id, ids.api_id)),
  }),
  operation({
    ...write,
    id: 'editApi',
    method: 'PATCH',
    path,
    summary: 'Change an API',
    description:
      'What is left out stays as it is. The slug is in the addresses that apps call: it stays while somebody has access to the product. An API that an external gateway serves takes API keys only.',
    body: bodyOf('EditApi', changes),
    answer,
    errors: ['in_use', 'conflict'],
    async run(ctx, { ids, body }) {
      const { product_id: productId, api_id: apiId } = ids
      const now = await getApiFacts(ctx, productId, apiId)
      // Nothing to change is no change, and no event.
      if (Object.values(body).every((value) => value === undefined)) return ok(toAnswer(now))
      const stored = {
        slug: now.slug,
        name: now.name,
        version: now.version,
        upstreamUrl: now.upstreamUrl,
        accepts: acceptedBy(now),
      }
      const edited = await editApi(ctx, productId, apiId, { ...stored, ...given(body) })
      return edited.ok ? ok(await one(ctx, productId, apiId)) : edited
    },
  }),
  operation({
    ...write,
    id: 'deleteApi',
    method: 'DELETE',
    path,
    summary: 'Delete an API for good, with its documents',
    description: 'Within seconds, calls to it are answered 404. Access to the rest of the product goes on.',
    async run(ctx, { ids }) {
      const { name } = await getApiFacts(ctx, ids.product_id, ids.api_id)
      const deleted = await deleteApi(ctx, ids.product_id, ids.api_id, { confirmation: name })
      return deleted.ok ? ok(null) : deleted
    },
  }),
]

type ApiRow = Awaited<ReturnType<typeof getApiFacts>>

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, productId: Id<'prd'>, apiId: Id<'api'>) {
  return toAnswer(await getApiFacts(ctx, productId, apiId))
}

function acceptedBy({ acceptsApiKey, acceptsOauth }: ApiRow): ApiCredentialType[] {
  return [
    ...(acceptsApiKey ? (['api_key'] as const) : []),
    ...(acceptsOauth ? (['oauth_client'] as const) : []),
  ]
}

function toAnswer(row: ApiRow): z.output<typeof api> {
  return {
    ...toListedApi(row),
    accepts: acceptedBy(row),
    document_id: row.documentId,
    served_at: row.served?.address ?? null,
    apps: row.apps,
  }
}

type ListedRow = Pick<ApiRow, 'id' | 'productId' | 'name' | 'slug' | 'version' | 'upstreamUrl' | 'operations'>

function toListedApi(row: ListedRow): z.output<typeof listedApi> {
  return {
    id: row.id,
    product_id: row.productId,
    name: row.name,
    slug: row.slug,
    version: row.version,
    upstream_url: row.upstreamUrl,
    operations: row.operations,
  }
}
