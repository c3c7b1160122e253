// Changes an API. Its slug is part of the gateway's addresses: while somebody has access it stays. Calls go to the new
// upstream within seconds, when the gateway's snapshots run out.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesUnique } from '~/domain/kernel/unique'
import { beforeIn } from '~db/event-before'
import { recordEvent } from '~db/record-event'
import { apis, events } from '~db/schema'
import { apiExists, findApi, noSuchApi, servedElsewhere } from './find-api.server'
import { hasLiveAccess } from './find-product.server'
import type { ApiFormInput } from './product'
import { upstreamProblem } from './public-address'

const slugInUse = fieldError(
  'slug',
  'Somebody has access to this product, and the slug is in the addresses that they call. It cannot be changed.',
  'in_use',
)

const keysOnlyThere = fieldError(
  'accepts',
  'An external gateway serves this API, and it takes API keys only.',
  'in_use',
)

export async function editApi(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
  input: ApiFormInput,
): Promise<Result<{ name: string }>> {
  const { name, slug, version, accepts } = input
  const upstreamUrl = input.upstreamUrl?.replace(/\/+$/, '') ?? null
  const problem = input.upstreamUrl && upstreamProblem(input.upstreamUrl, ctx)
  if (problem) return fail(fieldError('upstreamUrl', problem))
  const api = await findApi(ctx, productId, apiId)
  if (!api) return fail(noSuchApi)
  if (slug !== api.slug && api.live) return fail(slugInUse)
  const keysOnly = accepts.length === 1 && accepts[0] === 'api_key'
  if (api.external && !keysOnly) return fail(keysOnlyThere)
  const [acceptsApiKey, acceptsOauth] = [accepts.includes('api_key'), accepts.includes('oauth_client')]
  const { was, wasFlag } = beforeIn(sql`apis`, apiId)
  const event = recordEvent(
    ctx,
    {
      type: 'api.changed',
      subjectType: 'api',
      subjectId: apiId,
      data: { name, slug, version, upstreamUrl, acceptsApiKey, acceptsOauth },
    },
    sql`${apiExists(productId, apiId)} and (not ${hasLiveAccess(productId)}
      or exists (select 1 from apis where apis.id = ${apiId} and apis.slug = ${slug}))
      and (${keysOnly ? 1 : 0} or not ${servedElsewhere(apiId)})`,
    {
      name: was(sql`name`),
      slug: was(sql`slug`),
      version: was(sql`version`),
      upstreamUrl: was(sql`upstream_url`),
      acceptsApiKey: wasFlag(sql`accepts_api_key`),
      acceptsOauth: wasFlag(sql`accepts_oauth`),
    },
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  try {
    const [, changed] = await ctx.db.batch([
      event.statement,
      ctx.db
        .update(apis)
        .set({ name, slug, version, upstreamUrl, acceptsApiKey, acceptsOauth })
        .where(and(eq(apis.id, apiId), won))
        .returning({ id: apis.id }),
    ])
    if (!changed[0]) {
      const now = await findApi(ctx, productId, apiId)
      if (!now) return fail(noSuchApi)
      if (now.external && !keysOnly) return fail(keysOnlyThere)
      return fail(now.live ? slugInUse : domainError('conflict', 'Somebody changed this API. Load it again.'))
    }
  } catch (error) {
    if (!violatesUnique(error, 'apis.slug')) throw error
    return fail(fieldError('slug', 'Another API of this product has this slug. Choose a different one.'))
  }
  ctx.announce(event.id)
  return ok({ name })
}
