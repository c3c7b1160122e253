// Apps and the credentials that they present to the gateway.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { createdAt, flag, id, moment, ref } from '~db/columns'
import { users } from './accounts'
import { apis } from './catalog'
import { organizations, teams } from './organizations'

export const apps = sqliteTable(
  'apps',
  {
    id: id('app'),
    organizationId: ref('organization_id', 'org')
      .notNull()
      .references(() => organizations.id),
    ownerId: ref('owner_id', 'usr')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    description: text('description').notNull().default(''),
    visibility: text('visibility', { enum: ['personal', 'team', 'organization'] }).notNull(),
    teamId: ref('team_id', 'team'),
    redirectUrls: text('redirect_urls', { mode: 'json' }).$type<string[]>().notNull(),
    frozenAt: moment('frozen_at'),
    createdAt: createdAt(),
    // Who froze it: what the portal's admins stopped, nobody else lets go.
    frozenBy: text('frozen_by', { enum: ['developer', 'admin'] }),
  },
  (table) => [
    index('apps_name').on(table.nameKey, table.id),
    index('apps_organization_name').on(table.organizationId, table.nameKey, table.id),
    index('apps_organization').on(table.organizationId, table.createdAt, table.id),
    index('apps_owner').on(table.ownerId, table.createdAt, table.id),
    index('apps_team').on(table.teamId),
    index('apps_created').on(table.createdAt, table.id),
    foreignKey({
      columns: [table.teamId, table.organizationId],
      foreignColumns: [teams.id, teams.organizationId],
    }),
    check('apps_visibility_known', sql`${table.visibility} in ('personal', 'team', 'organization')`),
    check('apps_team_when_shared', sql`(${table.visibility} = 'team') = (${table.teamId} is not null)`),
  ],
)

export const credentials = sqliteTable(
  'credentials',
  {
    id: id('crd'),
    appId: ref('app_id', 'app')
      .notNull()
      .references(() => apps.id, { onDelete: 'cascade' }),
    type: text('type', { enum: ['api_key', 'oauth_client'] }).notNull(),
    state: text('state', { enum: ['active', 'retiring', 'revoked', 'expired'] }).notNull(),
    name: text('name').notNull(),
    clientId: text('client_id'),
    secretHash: text('secret_hash').notNull(),
    secretCipher: text('secret_cipher'),
    hint: text('hint').notNull(),
    replacesId: ref('replaces_id', 'crd'),
    expiresAt: moment('expires_at'),
    retiresAt: moment('retires_at'),
    revokedAt: moment('revoked_at'),
    revokedById: ref('revoked_by_id', 'usr'),
    decisionId: text('decision_id'),
    lastUsedAt: moment('last_used_at'),
    lastUsedApiId: ref('last_used_api_id', 'api').references(() => apis.id, { onDelete: 'set null' }),
    lastUsedCountry: text('last_used_country'),
    showOnce: flag('show_once').notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('credentials_secret_hash').on(table.secretHash),
    // A client has a row for each of its secrets: one that is active, and those that it replaced.
    uniqueIndex('credentials_client_id').on(table.clientId).where(sql`${table.state} = 'active'`),
    index('credentials_app').on(table.appId, table.createdAt),
    index('credentials_retires').on(table.retiresAt).where(sql`${table.state} = 'retiring'`),
    index('credentials_expires').on(table.expiresAt).where(sql`${table.state} in ('active', 'retiring')`),
    check('credentials_type_known', sql`${table.type} in ('api_key', 'oauth_client')`),
    check('credentials_state_known', sql`${table.state} in ('active', 'retiring', 'revoked', 'expired')`),
  ],
)

/** What people allow a credential within its plan; no row, nothing narrowed. An empty list means any. */
export const credentialLimits = sqliteTable('credential_limits', {
  credentialId: ref('credential_id', 'crd')
    .primaryKey()
    .references(() => credentials.id, { onDelete: 'cascade' }),
  ipRanges: text('ip_ranges', { mode: 'json' }).$type<string[]>().notNull(),
  methods: text('methods', { mode: 'json' }).$type<string[]>().notNull(),
  paths: text('paths', { mode: 'json' }).$type<string[]>().notNull(),
  notBefore: moment('not_before'),
  /** The credential's `expires_at` is the earlier of these two. */
  ownExpiresAt: moment('own_expires_at'),
  planExpiresAt: moment('plan_expires_at'),
  /** Counts the changes: who saves what an older state showed is asked to look again. */
  version: integer('version').notNull(),
  /** By whose decision it stands so: the event of a change that lost is not written. */
  decisionId: text('decision_id').notNull(),
})
