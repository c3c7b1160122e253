// Deletes an API with its documents. Calls to it are answered 404 within seconds; access to the rest of the product goes on.
// Who deletes one that apps may call types its name.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { recordEvent } from '~db/record-event'
import { apis, events } from '~db/schema'
import { apiExists, findApi, noSuchApi } from './find-api.server'
import { hasLiveAccess } from './find-product.server'
import type { DeleteApiInput } from './product'

export async function deleteApi(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
  input: DeleteApiInput,
): Promise<Result<{ name: string }>> {
  const api = await findApi(ctx, productId, apiId)
  if (!api) return fail(noSuchApi)
  const untyped = fieldError('confirmation', `Type “${api.name}”, the name of the API.`)
  const isTyped = nameKey(input.confirmation) === nameKey(api.name)
  if (api.live && !isTyped) return fail(untyped)
  const event = recordEvent(
    ctx,
    { type: 'api.deleted', subjectType: 'api', subjectId: apiId, data: { name: api.name, productId } },
    // Access of the last moment is asked about again.
    isTyped
      ? apiExists(productId, apiId)
      : sql`${apiExists(productId, apiId)} and not ${hasLiveAccess(productId)}`,
  )
  const [, deleted] = await ctx.db.batch([
    event.statement,
    ctx.db
      .delete(apis)
      .where(
        and(
          eq(apis.id, apiId),
          eq(apis.productId, productId),
          sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`,
        ),
      )
      .returning({ id: apis.id }),
  ])
  if (!deleted[0]) return fail((await findApi(ctx, productId, apiId)) ? untyped : noSuchApi)
  ctx.announce(event.id)
  return ok({ name: api.name })
}
