// External gateways over the API. Their secrets come in and never go out.
import { z } from 'zod'
import { addGateway } from '~/domain/gateway/add-gateway.server'
import { deleteGateway } from '~/domain/gateway/delete-gateway.server'
import { editGateway } from '~/domain/gateway/edit-gateway.server'
import {
  addGatewayInput,
  deleteGatewayInput,
  editGatewayInput,
  gatewayKinds,
} from '~/domain/gateway/external-gateway'
import { type GatewayRow, getGateway, listGateways } from '~/domain/gateway/queries-gateways.server'
import { resynchronizeGateway } from '~/domain/gateway/resynchronize-gateway.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, idSchema } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import type { ApiRefusal } from '~/platform/api-answers'
import { bodyOf } from '~/platform/api-names'
import { operation } from '~/platform/api-operation'
import { given, listAnswer, listOf, listQuery, pageOf, time, timeOrNull, timeSchema } from './lists'

const listedGateway = z.strictObject({
  id: idSchema('gwy'),
  name: z.string(),
  kind: z.enum(gatewayKinds),
  base_url: z.string().describe('Where it is managed.'),
  public_url: z.string().describe('Where developers call it.'),
  external_org_id: z.string().describe('The organization there under which keys are kept.'),
  header_name: z.string().describe('The header that holds the key of a call.'),
  apis: z.int().describe('APIs that it serves.'),
  keys: z.int().describe('Keys that it may hold.'),
  created_at: timeSchema,
})

const gateway = listedGateway.extend({
  keys_present: z.int().describe('Keys that work there.'),
  keys_unsure: z.int().describe('Keys that it is being told of.'),
  told_at: timeSchema.nullable().describe('When it was last told of a key.'),
  served: z
    .array(
      z.strictObject({
        product_id: idSchema('prd'),
        product_name: z.string(),
        api_id: idSchema('api'),
        api_name: z.string(),
        external_api_id: z.string(),
        listen_path: z.string(),
      }),
    )
    .describe('The APIs that it serves, by product and name: the first hundred.'),
})
const answer = { name: 'Gateway', schema: gateway }

const { headerName, ...fields } = editGatewayInput.shape
const changes = z.object({ ...fields, headerName: headerName.unwrap() }).partial()

const path = '/gateways/{gateway_id}'
const tag = 'gateways'
const read = { tag, scope: 'gateways:read' } as const
const write = { tag, scope: 'gateways:write' } as const

export const gatewayOperations = [
  operation({
    ...read,
    id: 'listGateways',
    method: 'GET',
    path: '/gateways',
    summary: 'List external gateways, by name',
    query: listQuery({}),
    answer: { name: 'GatewayList', schema: listOf(listedGateway) },
    run: async (ctx, { query }) => ok(listAnswer(await listGateways(ctx, pageOf(query)), toListed)),
  }),
  operation({
    ...write,
    id: 'addGateway',
    method: 'POST',
    path: '/gateways',
    summary: 'Add an external gateway',
    description: '`management_secret` is stored sealed and is in no answer.',
    body: bodyOf('AddGateway', addGatewayInput),
    status: 201,
    answer,
    async run(ctx, { body }) {
      const added = await addGateway(ctx, body)
      return added.ok ? ok(await one(ctx, added.value.gatewayId)) : added
    },
  }),
  operation({
    ...read,
    id: 'getGateway',
    method: 'GET',
    path,
    summary: 'Get an external gateway, and which APIs it serves',
    answer,
    run: async (ctx, { ids }) => ok(await one(ctx, ids.gateway_id)),
  }),
  operation({
    ...write,
    id: 'editGateway',
    method: 'PATCH',
    path,
    summary: 'Change an external gateway',
    description:
      'What is left out stays as it is. Another `base_url` needs the `management_secret` again. `external_org_id` stays while there are keys.',
    body: bodyOf('EditGateway', changes),
    answer,
    errors: ['in_use', 'conflict'],
    async run(ctx, { ids, body }) {
      const now = await getGateway(ctx, ids.gateway_id)
      const wanted = given(body)
      // Nothing to change is no change, and no event.
      if (Object.keys(wanted).length === 0) return ok(toAnswer(now))
      const { name, baseUrl, publicUrl, externalOrgId, headerName } = now
      const stored = { name, baseUrl, publicUrl, externalOrgId, headerName }
      const edited = await editGateway(ctx, ids.gateway_id, { ...stored, ...wanted })
      return changed(ctx, ids.gateway_id, edited)
    },
  }),
  operation({
    ...write,
    id: 'deleteGateway',
    method: 'DELETE',
    path,
    summary: 'Delete an external gateway that serves no API any more',
    description: 'The gateway itself is not changed: keys that it still holds go on there.',
    query: z.strictObject({
      confirmation: deleteGatewayInput.shape.confirmation
        .unwrap()
        .optional()
        .describe('Its name: needed while it may still hold keys.'),
    }),
    errors: ['in_use', 'conflict'],
    async run(ctx, { ids, query }) {
      const deleted = await deleteGateway(ctx, ids.gateway_id, { confirmation: query.confirmation ?? '' })
      return deleted.ok ? ok(null) : fail(ofParameters(deleted.error))
    },
  }),
  operation({
    ...write,
    id: 'resynchronizeGateway',
    method: 'POST',
    path: `${path}/resynchronize`,
    summary: 'Tell an external gateway of every key again, step by step',
    description: 'Changes are told by themselves: this is for a gateway that lost data.',
    answer,
    errors: ['conflict'],
    run: async (ctx, { ids }) =>
      changed(ctx, ids.gateway_id, await resynchronizeGateway(ctx, ids.gateway_id)),
  }),
]

/** The fields of the command stand in the query here. */
function ofParameters(error: ApiRefusal): ApiRefusal {
  const places = Object.entries(error.fields ?? {}).flatMap(([parameter, details]) =>
    details.map((detail) => ({ detail, parameter })),
  )
  return { ...error, places }
}

type Found = Awaited<ReturnType<typeof getGateway>>

/** Throws NotFoundError. */
async function one(ctx: DomainContext<AdminActor>, gatewayId: Id<'gwy'>) {
  return toAnswer(await getGateway(ctx, gatewayId))
}

async function changed(ctx: DomainContext<AdminActor>, gatewayId: Id<'gwy'>, result: Result<unknown>) {
  return result.ok ? ok(await one(ctx, gatewayId)) : result
}

function toListed(row: GatewayRow): z.output<typeof listedGateway> {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    base_url: row.baseUrl,
    public_url: row.publicUrl,
    external_org_id: row.externalOrgId,
    header_name: row.headerName,
    apis: row.apiCount,
    keys: row.keyCount,
    created_at: time(row.createdAt),
  }
}

function toAnswer(found: Found): z.output<typeof gateway> {
  return {
    ...toListed(found),
    keys_present: found.keys.present,
    keys_unsure: found.keys.unsure,
    told_at: timeOrNull(found.keys.toldAt),
    served: found.apis.map((api) => ({
      product_id: api.productId,
      product_name: api.productName,
      api_id: api.apiId,
      api_name: api.name,
      external_api_id: api.externalApiId,
      listen_path: api.listenPath,
    })),
  }
}
