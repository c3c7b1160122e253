// What the recipient of a delivery is called when it is no person: a gateway or a webhook, as columns of a list of deliveries.
import { sql } from 'drizzle-orm'

/** `gwy_…:crd_…` is the recipient of a key at a gateway. */
export const gatewayName = sql<
  string | null
>`(select g.name from gateways g where deliveries.channel = 'gateway'
  and g.id = substr(deliveries.recipient_key, 1, instr(deliveries.recipient_key, ':') - 1))`.as(
  'gateway_name',
)

export const webhookName = sql<
  string | null
>`(select coalesce(nullif(w.description, ''), w.url) from webhook_endpoints w
  where deliveries.channel = 'webhook' and w.id = deliveries.recipient_key)`.as('webhook_name')
