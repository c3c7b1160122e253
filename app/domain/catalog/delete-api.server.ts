// Deletes an API with its documents. Calls to it are answered 404 within seconds; access to the rest of the product goes on.
import { and, eq } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apis } from '~db/schema'
import { apiExists, findApi, noSuchApi } from './find-api.server'

export async function deleteApi(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
): Promise<Result<{ name: string }>> {
  const api = await findApi(ctx, productId, apiId)
  if (!api) return fail(noSuchApi)
  const event = recordEvent(
    ctx,
    { type: 'api.deleted', subjectType: 'api', subjectId: apiId, data: { name: api.name } },
    apiExists(productId, apiId),
  )
  const [, deleted] = await ctx.db.batch([
    event.statement,
    ctx.db
      .delete(apis)
      .where(and(eq(apis.id, apiId), eq(apis.productId, productId)))
      .returning({ id: apis.id }),
  ])
  if (!deleted[0]) return fail(noSuchApi)
  ctx.announce(event.id)
  return ok({ name: api.name })
}
