// Which keys an event may have changed at which external gateways: a delivery each. It is no matter when one is planned too
// many: what is told is worked out when it is told. The secret of a key is in no row, event or message.
import { type SQL, sql } from 'drizzle-orm'
import type { SystemActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { deliveries, type events } from '~db/schema'

type StoredEvent = typeof events.$inferSelect

export const gatewayTemplate = 'gateway_key'

/** `gwy_…:crd_…` */
export function gatewayRecipient(recipientKey: string) {
  const [gatewayId = '', credentialId = ''] = recipientKey.split(':')
  return { gatewayId: gatewayId as `gwy_${string}`, credentialId: credentialId as `crd_${string}` }
}

/** Null for an event that changes no key at a gateway. */
export function gatewayDeliveriesStatement(ctx: DomainContext<SystemActor>, event: StoredEvent) {
  const touched = touchedKeys(event)
  if (!touched) return null
  const { served, told } = touched
  return ctx.db
    .insert(deliveries)
    .select(
      sql`select 'dlv_' || hex(randomblob(13)) as id, ${event.id} as event_id, 'gateway' as channel,
        x.gateway_id || ':' || x.credential_id as recipient_key, ${gatewayTemplate} as template, 'pending' as state, 0 as attempts,
        null as claimed_at, ${ctx.now} as next_attempt_at, null as last_error, null as sent_at, ${ctx.now} as created_at, null as cancelled_at
        from (select b.gateway_id, c.id as credential_id from credentials c
            join credential_requests q on q.credential_id = c.id
            join access_request_products p on p.request_id = q.request_id
            join apis a on a.product_id = p.product_id
            join api_gateways b on b.api_id = a.id
            where c.type = 'api_key' and c.state in ('active', 'retiring') and ${served}
          union select k.gateway_id, k.credential_id from gateway_keys k where ${told}) x where true`,
    )
    .onConflictDoNothing()
}

/** `served`: keys that open an API of a gateway. `told`: keys that a gateway was told of, which may be gone here. */
type Touched = { served: SQL; told: SQL }

function touchedKeys({ type, subjectId, appId, data }: StoredEvent): Touched | null {
  switch (type) {
    case 'credential.issued':
    case 'credential.rotated':
    case 'credential.limits_changed':
    case 'credential.retired':
    case 'credential.revoked':
    case 'credential.expired':
      return {
        served: sql`c.app_id = ${appId} and (c.id = ${subjectId} or c.replaces_id = ${subjectId})`,
        told: sql`k.credential_id = ${subjectId}`,
      }
    case 'access_request.approved':
    case 'access_request.revoked':
    case 'access_request.retired':
      return keysIn(sql`(select credential_id from credential_requests where request_id = ${subjectId})`)
    case 'app.frozen':
    case 'app.unfrozen':
    case 'app.changed':
    case 'app.transferred':
    case 'app.deleted':
      return { served: sql`c.app_id = ${subjectId}`, told: sql`k.app_id = ${subjectId}` }
    case 'organization.suspended':
    case 'organization.restored':
    case 'organization.frozen':
    case 'organization.unfrozen':
      return appsIn(sql`(select id from apps where organization_id = ${subjectId})`)
    case 'user.activated':
    case 'user.deactivated':
    case 'user.deleted':
      return appsIn(sql`(select id from apps where owner_id = ${subjectId})`)
    case 'product.published':
    case 'product.unpublished':
      return keysOfProduct(sql`${subjectId}`)
    case 'api.created':
    case 'api.changed':
      return keysOfProduct(sql`(select product_id from apis where id = ${subjectId})`)
    case 'api.deleted':
    case 'api.gateway_changed':
      return keysOfProduct(sql`${data['productId'] ?? null}`)
    case 'gateway.resynchronized':
      return { served: sql`b.gateway_id = ${subjectId}`, told: sql`k.gateway_id = ${subjectId}` }
    default:
      return null
  }
}

function keysIn(ids: SQL): Touched {
  return { served: sql`c.id in ${ids}`, told: sql`k.credential_id in ${ids}` }
}

function appsIn(ids: SQL): Touched {
  return { served: sql`c.app_id in ${ids}`, told: sql`k.app_id in ${ids}` }
}

function keysOfProduct(productId: SQL): Touched {
  return keysIn(sql`(select q.credential_id from access_request_products p
    join credential_requests q on q.request_id = p.request_id where p.product_id = ${productId})`)
}
