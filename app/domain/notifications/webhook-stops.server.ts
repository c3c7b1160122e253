// What an admin stopped stays stopped: its organization can neither delete such an endpoint, nor point it elsewhere, nor send
// to its address through another one. Addresses are the same without regard to case, query and final slash.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import { webhookEndpoints } from '~db/schema'
import type { WebhookOwner } from './webhook'
import { organizationOf } from './webhook-statements.server'

export const notStopped = sql`w.paused_reason is not 'by_admin'`

export const stoppedByAdmin = domainError(
  'not_allowed',
  'An admin of the portal paused this webhook. It can be deleted once an admin has resumed it: ask them.',
)

export const addressStays = fieldError(
  'url',
  'An admin of the portal paused this webhook. Its address stays as it is until an admin has resumed it: ask them.',
)

export const addressStopped = fieldError(
  'url',
  'An admin of the portal paused the webhook to this address. Ask them to resume it instead of adding another one.',
)

type Stops = {
  /** One of them goes to the address, whatever its spelling. */
  isStopped: boolean
  /** Holds while the organization has no other stopped endpoint than those that were looked at: theirs keep their address. */
  noneSince: SQL
}

/** The stops of the owner against an address that one of their endpoints shall have. Those of the portal are never stopped. */
export async function stopsOf(
  { db, actor }: Pick<DomainContext<WebhookOwner>, 'db' | 'actor'>,
  url: string,
): Promise<Stops> {
  const organizationId = organizationOf(actor)
  if (organizationId === null) return { isStopped: false, noneSince: sql`1` }
  const stopped = await db
    .select({ id: webhookEndpoints.id, url: webhookEndpoints.url })
    .from(webhookEndpoints)
    .where(
      and(eq(webhookEndpoints.organizationId, organizationId), eq(webhookEndpoints.pausedReason, 'by_admin')),
    )
  const ids = JSON.stringify(stopped.map(({ id }) => id))
  return {
    isStopped: stopped.some((endpoint) => receiverOf(endpoint.url) === receiverOf(url)),
    noneSince: sql`not exists (select 1 from webhook_endpoints s where s.organization_id = ${organizationId}
      and s.paused_reason = 'by_admin' and s.id not in (select value from json_each(${ids})))`,
  }
}

export function receiverOf(address: string): string {
  const { host, pathname } = new URL(address)
  return `${host.replace(/\.(?=:|$)/, '')}${plain(pathname).toLowerCase().replace(/\/+$/, '')}`
}

function plain(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}
