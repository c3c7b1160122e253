// Adds an API to a product. Without an upstream it is documentation only.
import { sql } from 'drizzle-orm'
import type { AdminActor, SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { apis, products } from '~db/schema'
import { lastPlace } from './order.server'
import type { CreateApiInput } from './product'
import { upstreamProblem } from './public-address'

export async function createApi(
  ctx: DomainContext<AdminActor | SystemActor>,
  productId: Id<'prd'>,
  input: CreateApiInput,
): Promise<Result<{ apiId: Id<'api'> }>> {
  const problem = input.upstreamUrl && upstreamProblem(input.upstreamUrl, ctx)
  if (problem) return fail(fieldError('upstreamUrl', problem))
  const { accepts = ['api_key'] } = input
  const apiId = newId('api', ctx.now)
  const added = sql`exists (select 1 from apis where id = ${apiId})`
  const event = recordEvent(
    ctx,
    {
      type: 'api.created',
      subjectType: 'api',
      subjectId: apiId,
      data: { name: input.name, version: input.version },
    },
    added,
  )
  try {
    const [rows] = await ctx.db.batch([
      ctx.db
        .insert(apis)
        .select(
          sql`select ${apiId} as id, ${products.id} as product_id, ${input.slug} as slug, ${input.name} as name, ${input.version} as version,
            ${input.upstreamUrl?.replace(/\/+$/, '') ?? null} as upstream_url, ${Number(accepts.includes('api_key'))} as accepts_api_key, ${Number(accepts.includes('oauth_client'))} as accepts_oauth, null as document_id,
            ${lastPlace(sql`apis`, sql`product_id = ${productId}`)} as position, ${ctx.now} as created_at
            from ${products} where ${products.id} = ${productId} and ${products.deletedAt} is null`,
        )
        .returning({ id: apis.id }),
      event.statement,
    ])
    if (!rows[0]) return fail(domainError('not_found', 'This product does not exist.'))
  } catch (error) {
    if (violatesUnique(error, 'apis.slug'))
      return fail(fieldError('slug', 'Another API of this product has this slug. Choose a different one.'))
    throw error
  }
  ctx.announce(event.id)
  return ok({ apiId })
}
