// Asks an external gateway how it is, with the secret that is kept for it. Nothing is changed by it, here or there.
import { eq } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { gateways } from '~db/schema'
import { noSuchGateway } from './edit-gateway.server'
import type { GatewayHealth, GatewayTools } from './external-gateway'

export async function testGateway(
  ctx: DomainContext<AdminActor>,
  gatewayId: Id<'gwy'>,
  tools: GatewayTools,
): Promise<Result<GatewayHealth>> {
  const [gateway] = await ctx.db.select().from(gateways).where(eq(gateways.id, gatewayId)).limit(1)
  if (!gateway) return fail(noSuchGateway)
  let secret: string
  try {
    secret = await ctx.vault.open(gateway.secretCipher, gatewayId)
  } catch {
    const message = 'The vault cannot open the secret of this gateway. Enter it again.'
    return ok({ ok: false, message, version: null })
  }
  return ok(await tools.adapterFor(gateway.kind).health({ ...gateway, secret }))
}
