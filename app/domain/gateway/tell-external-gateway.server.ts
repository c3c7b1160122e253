// Tells one gateway of one key: what it should know now, whole. One teller at a time, which reads the newest state after it
// took the claim: so whoever comes last has told the last state, in whatever order messages arrive or are repeated.
import { and, eq, lte, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { type Id, newDecisionId } from '~/domain/kernel/ids'
import { gatewayKeys, gateways } from '~db/schema'
import type { GatewayAdapter, GatewayOutcome, GatewayPlace, GatewayTools, Telling } from './external-gateway'
import { type WantedKey, wantedKey } from './external-key'
import { findSnapshotOfToken } from './queries.server'

type Context = DomainContext<SystemActor>

/** Longer than the two calls of an attempt may take together with their time-outs. */
const claimMs = 60_000

export async function tellExternalGateway(
  ctx: Context,
  gatewayId: Id<'gwy'>,
  credentialId: Id<'crd'>,
  tools: GatewayTools,
): Promise<Telling> {
  const claimId = newDecisionId(ctx.now)
  const mine = and(
    eq(gatewayKeys.credentialId, credentialId),
    eq(gatewayKeys.gatewayId, gatewayId),
    eq(gatewayKeys.claimId, claimId),
  )
  // Read before the claim: whether it has been told of the key is asked of the row as it is now.
  const [, known, claimed, gatewayRows] = await ctx.db.batch([
    ctx.db
      .insert(gatewayKeys)
      .select(
        sql`select c.id as credential_id, g.id as gateway_id, c.app_id as app_id, c.hint as hint, c.secret_cipher as secret_cipher,
          'absent' as state, null as claim_id, 0 as claimed_until, null as told_at, ${ctx.now} as created_at
          from credentials c join gateways g on g.id = ${gatewayId}
          where c.id = ${credentialId} and c.type = 'api_key' and c.state in ('active', 'retiring') and c.secret_cipher is not null`,
      )
      .onConflictDoNothing(),
    ctx.db
      .select({ state: gatewayKeys.state, secretCipher: gatewayKeys.secretCipher })
      .from(gatewayKeys)
      .where(and(eq(gatewayKeys.credentialId, credentialId), eq(gatewayKeys.gatewayId, gatewayId))),
    ctx.db
      .update(gatewayKeys)
      .set({ claimId, claimedUntil: ctx.now + claimMs })
      .where(
        and(
          eq(gatewayKeys.credentialId, credentialId),
          eq(gatewayKeys.gatewayId, gatewayId),
          lte(gatewayKeys.claimedUntil, ctx.now),
        ),
      )
      .returning({ credentialId: gatewayKeys.credentialId }),
    ctx.db.select().from(gateways).where(eq(gateways.id, gatewayId)).limit(1),
  ])
  const [gateway, row] = [gatewayRows[0], known[0]]
  if (!gateway) return { outcome: 'not_needed', reason: 'The gateway was removed from the portal.' }
  const wanted = wantedKey(await findSnapshotOfToken(ctx.db, credentialId), gatewayId, ctx.now)
  if (!row) {
    return wanted.present
      ? {
          outcome: 'permanent',
          reason: 'This key was shown once and is not kept. Rotate it: the new one is told.',
        }
      : { outcome: 'not_needed', reason: wanted.reason }
  }
  if (!claimed[0]) return { outcome: 'busy' }

  const release = (set: Partial<typeof gatewayKeys.$inferInsert>) =>
    ctx.db
      .update(gatewayKeys)
      .set({ claimId: null, claimedUntil: 0, ...set })
      .where(mine)
  if (!wanted.present && row.state === 'absent') {
    await (wanted.over ? ctx.db.delete(gatewayKeys).where(mine) : release({}))
    return quiet(wanted)
  }
  // Whoever dies from here on leaves a key of which nobody can say whether it is there.
  await ctx.db.update(gatewayKeys).set({ state: 'unsure' }).where(mine)
  let opened: { place: GatewayPlace; key: string }
  try {
    opened = {
      place: { ...gateway, secret: await ctx.vault.open(gateway.secretCipher, gatewayId) },
      key: await ctx.vault.open(row.secretCipher, credentialId),
    }
  } catch {
    await release({ state: row.state })
    return { outcome: 'permanent', reason: 'The vault could not open the secret of the gateway or the key.' }
  }
  const answer = await tell(tools.adapterFor(gateway.kind), opened, wanted, row.state === 'absent')
  if (answer.outcome === 'retryable' || answer.outcome === 'permanent') {
    await release({})
    return answer
  }
  if (wanted.present) {
    await release({ state: 'present', toldAt: ctx.now })
    return { outcome: 'told' }
  }
  // Gone there, so it need not be kept here to be ended; unless it comes back and is not kept anywhere else.
  await (wanted.over ? ctx.db.delete(gatewayKeys).where(mine) : release({ state: 'absent', toldAt: ctx.now }))
  return wanted.until === null ? { outcome: 'told' } : quiet(wanted)
}

async function tell(
  adapter: GatewayAdapter,
  { place, key }: { place: GatewayPlace; key: string },
  wanted: WantedKey,
  isNew: boolean,
): Promise<GatewayOutcome> {
  if (!wanted.present) return adapter.revoke(place, key)
  if (isNew) return adapter.provision(place, key, wanted.granted)
  const changed = await adapter.changePlan(place, key, wanted.granted)
  return changed.outcome === 'missing' ? adapter.provision(place, key, wanted.granted) : changed
}

function quiet(wanted: Exclude<WantedKey, { present: true }>): Telling {
  const { reason, until } = wanted
  return until === null ? { outcome: 'not_needed', reason } : { outcome: 'later', at: until, reason }
}
