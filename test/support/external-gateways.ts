// External gateways for tests: a stand-in of Tyk of one's own, registered, and APIs that it serves.
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { type EventId, type Id, newId } from '~/domain/kernel/ids'
import { apiGateways, credentials, deliveries, gatewayKeys, gateways } from '~db/schema'
import { contextFor, db, system } from './context'
import { credential } from './credentials'
import { deliver } from './notifications'

export const tykSecret = 'tyk-secret-canary'

export type TykState = {
  keys: Record<string, Record<string, unknown>>
  calls: { method: string; path: string; query: string }[]
  resets: number
  mostAtOnce: number
}

export async function tykState(host: string): Promise<TykState> {
  return (await fetch(`https://${host}/double`)).json()
}

export async function tykFault(
  host: string,
  fault: { status?: number; hang?: boolean; times?: number; body?: string; location?: string },
): Promise<void> {
  await fetch(`https://${host}/double`, { method: 'POST', body: JSON.stringify({ times: 1, ...fault }) })
}

/** A registered gateway with a stand-in of its own. */
export async function gateway(changes: Partial<typeof gateways.$inferInsert> = {}) {
  const id = newId('gwy', Date.now())
  const host = `${id.slice(4).toLowerCase()}.tyk.test`
  await db.insert(gateways).values({
    id,
    name: `Gateway ${id}`,
    nameKey: id,
    kind: 'tyk',
    baseUrl: `https://${host}`,
    publicUrl: `https://api.${host}`,
    externalOrgId: 'org1',
    headerName: 'Authorization',
    secretCipher: await contextFor(system).vault.seal(tykSecret, id),
    createdAt: Date.now(),
    ...changes,
  })
  return { id, host, name: changes.name ?? `Gateway ${id}` }
}

export async function serve(apiId: Id<'api'> | null, gatewayId: Id<'gwy'>, externalApiId = `tyk-${apiId}`) {
  if (!apiId) throw new Error('no API')
  await db.insert(apiGateways).values({ apiId, gatewayId, externalApiId, listenPath: '/orders/' })
  return externalApiId
}

/** A key whose product is served by a new gateway, with its secret in the vault. Nothing is told yet. */
export async function externalKey(options: Parameters<typeof credential>[0] = {}) {
  const at = await gateway()
  const key = await credential(options)
  const secretCipher = await contextFor(system).vault.seal(key.key, key.credentialId)
  await db.update(credentials).set({ secretCipher }).where(eq(credentials.id, key.credentialId))
  const externalApiId = await serve(key.apiId, at.id)
  return { ...key, gateway: at, externalApiId, name: `org1:${key.key}` }
}

/** What happened is delivered: the events that a command announced. */
export async function deliverAll(eventIds: readonly EventId[]) {
  for (const eventId of eventIds) await deliver(eventId, { env })
}

export async function keyRow(credentialId: Id<'crd'>, gatewayId: Id<'gwy'>) {
  const [row] = await db
    .select()
    .from(gatewayKeys)
    .where(and(eq(gatewayKeys.credentialId, credentialId), eq(gatewayKeys.gatewayId, gatewayId)))
  return row ?? null
}

export async function gatewayDeliveries(gatewayId: Id<'gwy'>) {
  const rows = await db.select().from(deliveries).where(eq(deliveries.channel, 'gateway'))
  return rows.filter((row) => row.recipientKey.startsWith(`${gatewayId}:`))
}
