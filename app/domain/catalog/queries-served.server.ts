// Where an API is called when an external gateway serves it, and the header in which the key is read there; null when the
// built-in gateway does. For statements that read from `apis`.
import { sql } from 'drizzle-orm'

export type ServedElsewhere = { address: string; header: string }

export function servedColumn() {
  return sql<ServedElsewhere | null>`(select json_object('address', g.public_url || rtrim(b.listen_path, '/'), 'header', g.header_name)
    from api_gateways b join gateways g on g.id = b.gateway_id where b.api_id = apis.id)`
    .mapWith((text: string | null) => (text === null ? null : (JSON.parse(text) as ServedElsewhere)))
    .as('served')
}
