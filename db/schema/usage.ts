// Calls through the gateway, added up by hour, and by day and month for whoever looks at all of them. Rows outlive the
// credential, the API and the app that they count. And the calls that the gateway refused, for a week.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { moment, ref } from '~db/columns'

/** How many calls took how long: each class goes from the next smaller one up to its own number of milliseconds. */
function latencyClasses() {
  return {
    under50Ms: integer('under_50_ms').notNull(),
    under250Ms: integer('under_250_ms').notNull(),
    under1000Ms: integer('under_1000_ms').notNull(),
    slower: integer('slower').notNull(),
    // Finer ones, which came later.
    under25Ms: integer('under_25_ms').notNull().default(0),
    under100Ms: integer('under_100_ms').notNull().default(0),
    under500Ms: integer('under_500_ms').notNull().default(0),
    under2500Ms: integer('under_2500_ms').notNull().default(0),
  }
}

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
    ...latencyClasses(),
    // The access under whose quota they counted. Null: counted before this was kept.
    limitsId: ref('limits_id', 'req'),
  },
  (table) => [
    primaryKey({ columns: [table.credentialId, table.hour, table.apiId, table.statusClass] }),
    index('usage_hours_app').on(table.appId, table.hour),
    index('usage_hours_organization').on(table.organizationId, table.hour),
    index('usage_hours_hour').on(table.hour),
  ],
)

/** Calls to an API by status class, all apps together. `start` is when the hour or the day (UTC) begins. */
export const usageOfApis = sqliteTable(
  'usage_of_apis',
  {
    span: text('span', { enum: ['hour', 'day'] }).notNull(),
    start: moment('start').notNull(),
    apiId: ref('api_id', 'api').notNull(),
    statusClass: integer('status_class').notNull(),
    calls: integer('calls').notNull(),
    ...latencyClasses(),
  },
  (table) => [primaryKey({ columns: [table.span, table.start, table.apiId, table.statusClass] })],
)

/** Calls of an app in a day or a month (UTC), so that the busiest are found without reading the others. */
export const usageOfApps = sqliteTable(
  'usage_of_apps',
  {
    span: text('span', { enum: ['day', 'month'] }).notNull(),
    start: moment('start').notNull(),
    appId: ref('app_id', 'app').notNull(),
    calls: integer('calls').notNull(),
    clientErrors: integer('client_errors').notNull(),
    serverErrors: integer('server_errors').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.span, table.start, table.appId] }),
    index('usage_of_apps_calls').on(table.span, table.start, table.calls, table.appId),
  ],
)

/** `standsFor`: of many refusals in an hour some are kept, each for so many. A path is kept without its query. */
export const refusedCalls = sqliteTable(
  'refused_calls',
  {
    requestId: text('request_id').notNull(),
    appId: ref('app_id', 'app').notNull(),
    organizationId: ref('organization_id', 'org').notNull(),
    credentialId: ref('credential_id', 'crd').notNull(),
    at: moment('at').notNull(),
    method: text('method').notNull(),
    path: text('path').notNull(),
    code: text('code').notNull(),
    detail: text('detail'),
    standsFor: integer('stands_for').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.requestId, table.appId] }),
    index('refused_calls_at').on(table.at, table.requestId),
    index('refused_calls_code').on(table.code, table.at, table.requestId),
    index('refused_calls_app').on(table.appId, table.at, table.requestId),
    index('refused_calls_app_code').on(table.appId, table.code, table.at, table.requestId),
  ],
)
