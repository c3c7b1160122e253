// Forgets an external gateway that serves no API any more. While it may still hold keys, the admin types its name: nobody
// ends those keys there afterwards.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { recordEvent } from '~db/record-event'
import { events, gatewayKeys, gateways } from '~db/schema'
import { noSuchGateway } from './edit-gateway.server'
import type { DeleteGatewayInput } from './external-gateway'
import { findGateway } from './queries-gateways.server'

export async function deleteGateway(
  ctx: DomainContext<AdminActor>,
  gatewayId: Id<'gwy'>,
  input: DeleteGatewayInput,
): Promise<Result<{ name: string }>> {
  const gateway = await findGateway(ctx, gatewayId)
  if (!gateway) return fail(noSuchGateway)
  if (gateway.apiCount > 0) return fail(stillServes)
  const isTyped = nameKey(input.confirmation) === nameKey(gateway.name)
  if (gateway.keyCount > 0 && !isTyped)
    return fail(fieldError('confirmation', `Type “${gateway.name}”, the name of the gateway.`))
  const event = recordEvent(
    ctx,
    {
      type: 'gateway.deleted',
      subjectType: 'gateway',
      subjectId: gatewayId,
      data: { name: gateway.name, keys: gateway.keyCount },
    },
    sql`exists (select 1 from gateways g where g.id = ${gatewayId}
      and not exists (select 1 from api_gateways b where b.gateway_id = g.id)
      and ${isTyped ? sql`1` : sql`not exists (select 1 from gateway_keys k where k.gateway_id = g.id)`})`,
  )
  const won = sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`
  const [, , deleted] = await ctx.db.batch([
    event.statement,
    ctx.db.delete(gatewayKeys).where(and(eq(gatewayKeys.gatewayId, gatewayId), won)),
    ctx.db
      .delete(gateways)
      .where(and(eq(gateways.id, gatewayId), won))
      .returning({ id: gateways.id }),
  ])
  if (!deleted[0]) {
    const now = await findGateway(ctx, gatewayId)
    if (!now) return fail(noSuchGateway)
    return fail(
      now.apiCount > 0
        ? stillServes
        : domainError('conflict', 'Keys were told to this gateway at the same moment. Try again.'),
    )
  }
  ctx.announce(event.id)
  return ok({ name: gateway.name })
}

const stillServes = domainError(
  'in_use',
  'APIs are served by this gateway. Choose another gateway for each of them first.',
)
