// Calls through the gateway, added up by hour. Rows outlive the credential that they count.
import { index, integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import { moment, ref } from '~db/columns'

export const usageHours = sqliteTable(
  'usage_hours',
  {
    credentialId: ref('credential_id', 'crd').notNull(),
    apiId: ref('api_id', 'api').notNull(),
    hour: moment('hour').notNull(),
    statusClass: integer('status_class').notNull(),
    appId: ref('app_id', 'app').notNull(),
    organizationId: ref('organization_id', 'org').notNull(),
    calls: integer('calls').notNull(),
    under50Ms: integer('under_50_ms').notNull(),
    under250Ms: integer('under_250_ms').notNull(),
    under1000Ms: integer('under_1000_ms').notNull(),
    slower: integer('slower').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.credentialId, table.hour, table.apiId, table.statusClass] }),
    index('usage_hours_app').on(table.appId, table.hour),
    index('usage_hours_organization').on(table.organizationId, table.hour),
    index('usage_hours_hour').on(table.hour),
  ],
)
