// Changes an external gateway. An empty secret keeps the one that is sealed, but never for another server: who may change
// the address must not be able to have the old secret sent to it. Keys that were told stay findable, so the organization
// under which they are kept there stays while there are any.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError, fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { violatesUnique } from '~/domain/kernel/unique'
import { beforeIn } from '~db/event-before'
import { recordEvent } from '~db/record-event'
import { events, gateways } from '~db/schema'
import { gatewayNameTaken, withoutSlash } from './add-gateway.server'
import { gatewayAddressProblem } from './address-problem'
import type { EditGatewayInput } from './external-gateway'

export const noSuchGateway = domainError('not_found', 'This gateway does not exist (any more).')

const organizationFixed = fieldError(
  'externalOrgId',
  'The gateway keeps keys under this organization ID. It stays while there are any.',
  'in_use',
)
const secretNeeded = fieldError(
  'managementSecret',
  'Enter the secret again: it was given for another address, and is not sent to this one.',
)

export async function editGateway(
  ctx: DomainContext<AdminActor>,
  gatewayId: Id<'gwy'>,
  input: EditGatewayInput,
): Promise<Result<{ name: string }>> {
  const { name, publicUrl, externalOrgId, headerName, managementSecret } = input
  const problem = gatewayAddressProblem(input.baseUrl, ctx)
  if (problem) return fail(fieldError('baseUrl', problem))
  const baseUrl = withoutSlash(input.baseUrl)
  const refused = await whyNot(ctx, gatewayId, { baseUrl, externalOrgId, managementSecret })
  if (refused) return fail(refused)
  const { was } = beforeIn(sql`gateways`, gatewayId)
  const event = recordEvent(
    ctx,
    {
      type: 'gateway.changed',
      subjectType: 'gateway',
      subjectId: gatewayId,
      data: {
        name,
        baseUrl,
        publicUrl: withoutSlash(publicUrl),
        externalOrgId,
        headerName,
        secretChanged: managementSecret !== undefined,
      },
    },
    // What was read may have changed since.
    sql`exists (select 1 from gateways g where g.id = ${gatewayId}
      and (g.external_org_id = ${externalOrgId} or not exists (select 1 from gateway_keys k where k.gateway_id = g.id))
      and ${managementSecret === undefined ? sql`g.base_url = ${baseUrl}` : sql`1`})`,
    {
      name: was(sql`name`),
      baseUrl: was(sql`base_url`),
      publicUrl: was(sql`public_url`),
      externalOrgId: was(sql`external_org_id`),
      headerName: was(sql`header_name`),
    },
  )
  try {
    const [, changed] = await ctx.db.batch([
      event.statement,
      ctx.db
        .update(gateways)
        .set({
          name,
          nameKey: nameKey(name),
          baseUrl,
          publicUrl: withoutSlash(publicUrl),
          externalOrgId,
          headerName,
          ...(managementSecret === undefined
            ? {}
            : { secretCipher: await ctx.vault.seal(managementSecret, gatewayId) }),
        })
        .where(
          and(
            eq(gateways.id, gatewayId),
            sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`,
          ),
        )
        .returning({ id: gateways.id }),
    ])
    if (!changed[0]) {
      const now = await whyNot(ctx, gatewayId, { baseUrl, externalOrgId, managementSecret })
      return fail(now ?? domainError('conflict', 'Somebody changed this gateway. Load it again.'))
    }
  } catch (error) {
    if (violatesUnique(error, 'gateways.name_key')) return fail(gatewayNameTaken)
    throw error
  }
  ctx.announce(event.id)
  return ok({ name })
}

type Wanted = { baseUrl: string; externalOrgId: string; managementSecret: string | undefined }

async function whyNot(
  { db }: DomainContext,
  gatewayId: Id<'gwy'>,
  wanted: Wanted,
): Promise<DomainError | null> {
  const [known] = await db
    .select({
      baseUrl: gateways.baseUrl,
      externalOrgId: gateways.externalOrgId,
      keys: sql<number>`exists (select 1 from gateway_keys k where k.gateway_id = ${gatewayId})`,
    })
    .from(gateways)
    .where(eq(gateways.id, gatewayId))
  if (!known) return noSuchGateway
  if (known.externalOrgId !== wanted.externalOrgId && known.keys) return organizationFixed
  return known.baseUrl !== wanted.baseUrl && wanted.managementSecret === undefined ? secretNeeded : null
}
