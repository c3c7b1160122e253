// Chooses which gateway serves an API. Whoever has access keeps it: their keys are told to the new gateway and taken from the
// old one. An external gateway knows keys of the portal and no tokens, so such an API takes API keys only.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError, fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesReference, violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { apiGateways, apis, events, products } from '~db/schema'
import type { ChooseApiGatewayInput } from './external-gateway'
import { findGateway } from './queries-gateways.server'

export async function chooseApiGateway(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
  input: ChooseApiGatewayInput,
): Promise<Result<{ name: string; gatewayName: string }>> {
  const external = input.gateway === 'built_in' ? null : input
  const api = await findServedApi(ctx, productId, apiId)
  const problem = api ? unfit(api, external !== null) : noSuchApi
  if (!api || problem) return fail(problem ?? noSuchApi)
  const gateway = external ? await findGateway(ctx, external.gateway) : null
  if (external && !gateway) return fail(gatewayGone)
  const gatewayName = gateway?.name ?? builtIn
  const event = recordEvent(
    ctx,
    {
      type: 'api.gateway_changed',
      subjectType: 'api',
      subjectId: apiId,
      data: {
        name: api.name,
        gateway: gatewayName,
        productId,
        externalApiId: external?.externalApiId ?? null,
        listenPath: external?.listenPath ?? null,
      },
    },
    sql`exists (select 1 from apis a join products p on p.id = a.product_id and p.deleted_at is null
      where a.id = ${apiId} and a.product_id = ${productId}
      and ${external ? sql`a.accepts_oauth = 0 and a.upstream_url is not null` : sql`1`})`,
    {
      gateway: sql`coalesce((select g.name from gateways g join api_gateways s on s.gateway_id = g.id
        where s.api_id = ${apiId}), ${builtIn})`,
      externalApiId: sql`(select external_api_id from api_gateways where api_id = ${apiId})`,
      listenPath: sql`(select listen_path from api_gateways where api_id = ${apiId})`,
    },
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const place = external && {
    gatewayId: external.gateway,
    externalApiId: external.externalApiId,
    listenPath: external.listenPath,
  }
  try {
    const [, rows] = await ctx.db.batch([
      event.statement,
      ctx.db.select({ id: events.id }).from(events).where(eq(events.id, event.id)),
      place
        ? ctx.db
            .insert(apiGateways)
            .select(
              sql`select ${apiId} as api_id, ${place.gatewayId} as gateway_id, ${place.externalApiId} as external_api_id,
                ${place.listenPath} as listen_path where ${won}`,
            )
            .onConflictDoUpdate({ target: apiGateways.apiId, set: place })
        : ctx.db.delete(apiGateways).where(and(eq(apiGateways.apiId, apiId), won)),
    ])
    if (!rows[0]) {
      const now = await findServedApi(ctx, productId, apiId)
      return fail((now ? unfit(now, external !== null) : noSuchApi) ?? changed)
    }
  } catch (error) {
    if (violatesUnique(error, 'api_gateways.gateway_id'))
      return fail(fieldError('externalApiId', 'Another API has this API ID at this gateway.'))
    if (violatesReference(error)) return fail(gatewayGone)
    throw error
  }
  ctx.announce(event.id)
  return ok({ name: api.name, gatewayName })
}

const builtIn = 'the built-in gateway'
const noSuchApi = domainError('not_found', 'This API does not exist (any more).')
const changed = domainError('conflict', 'Somebody changed this API. Load it again.')
const gatewayGone = fieldError('gateway', 'This gateway does not exist any more. Choose another one.')

type ServedApi = { name: string; acceptsOauth: boolean; upstreamUrl: string | null }

async function findServedApi(
  { db }: DomainContext,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
): Promise<ServedApi | null> {
  const [api] = await db
    .select({ name: apis.name, acceptsOauth: apis.acceptsOauth, upstreamUrl: apis.upstreamUrl })
    .from(apis)
    .innerJoin(products, and(eq(products.id, apis.productId), sql`${products.deletedAt} is null`))
    .where(and(eq(apis.id, apiId), eq(apis.productId, productId)))
    .limit(1)
  return api ?? null
}

function unfit({ acceptsOauth, upstreamUrl }: ServedApi, external: boolean): DomainError | null {
  if (!external) return null
  if (upstreamUrl === null)
    return fieldError(
      'gateway',
      'This API has documentation only. Give it an upstream URL first: then access to it can be asked for.',
    )
  return acceptsOauth
    ? fieldError('gateway', 'An external gateway takes API keys only. Take OAuth off this API first.')
    : null
}
