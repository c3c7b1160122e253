// Registers an external gateway. Its secret is sealed; nobody sees it again, and an event never holds it.
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fieldError } from '~/domain/kernel/errors'
import { type Id, newId } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { recordEvent } from '~db/record-event'
import { gateways } from '~db/schema'
import { gatewayAddressProblem } from './address-problem'
import type { AddGatewayInput } from './external-gateway'

export const gatewayNameTaken = fieldError('name', 'Another gateway has this name. Choose a different one.')

export async function addGateway(
  ctx: DomainContext<AdminActor>,
  input: AddGatewayInput,
): Promise<Result<{ gatewayId: Id<'gwy'>; name: string }>> {
  const { name, kind, baseUrl, publicUrl, externalOrgId, headerName } = input
  const problem = gatewayAddressProblem(baseUrl, ctx)
  if (problem) return fail(fieldError('baseUrl', problem))
  const gatewayId = newId('gwy', ctx.now)
  const event = recordEvent(ctx, {
    type: 'gateway.created',
    subjectType: 'gateway',
    subjectId: gatewayId,
    data: { name, kind, baseUrl },
  })
  try {
    await ctx.db.batch([
      ctx.db.insert(gateways).values({
        id: gatewayId,
        name,
        nameKey: nameKey(name),
        kind,
        baseUrl: withoutSlash(baseUrl),
        publicUrl: withoutSlash(publicUrl),
        externalOrgId,
        headerName,
        secretCipher: await ctx.vault.seal(input.managementSecret, gatewayId),
        createdAt: ctx.now,
      }),
      event.statement,
    ])
  } catch (error) {
    if (violatesUnique(error, 'gateways.name_key')) return fail(gatewayNameTaken)
    throw error
  }
  ctx.announce(event.id)
  return ok({ gatewayId, name })
}

export function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '')
}
