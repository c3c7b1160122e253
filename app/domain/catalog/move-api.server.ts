// Moves an API of a product one place up or down.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { apis } from '~db/schema'
import { apiExists, findApi, noSuchApi } from './find-api.server'
import { movedPlaces, moveTold } from './order.server'
import type { MoveInput } from './product'

export async function moveApi(
  ctx: DomainContext<AdminActor>,
  productId: Id<'prd'>,
  apiId: Id<'api'>,
  { direction }: MoveInput,
): Promise<Result<{ name: string }>> {
  const api = await findApi(ctx, productId, apiId)
  if (!api) return fail(noSuchApi)
  const list = {
    table: sql`apis`,
    key: sql`apis.id`,
    scope: sql`apis.product_id = ${productId}`,
    order: sql`apis.position, apis.name, apis.id`,
    name: sql`(select apis.name from apis where apis.id = item)`,
  }
  const event = recordEvent(
    ctx,
    {
      type: 'api.changed',
      subjectType: 'api',
      subjectId: apiId,
      data: { name: api.name, change: `moved ${direction}` },
    },
    apiExists(productId, apiId),
    ...moveTold('apis', list, apiId, direction),
  )
  const [, moved] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(apis)
      .set({ position: sql`moved.place` })
      .from(movedPlaces(list, apiId, direction))
      .where(and(eq(apis.productId, productId), sql`${apis.id} = moved.item`))
      .returning({ id: apis.id }),
  ])
  if (!moved[0]) return fail(noSuchApi)
  ctx.announce(event.id)
  return ok({ name: api.name })
}
