// External gateways, which APIs they serve, and which keys they were told of.
import { sql } from 'drizzle-orm'
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { createdAt, id, moment, ref } from '~db/columns'
import { apis } from './catalog'

export const gateways = sqliteTable(
  'gateways',
  {
    id: id('gwy'),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    kind: text('kind', { enum: ['tyk'] }).notNull(),
    /** Where the portal manages it; what is sealed in `secret_cipher` goes there and nowhere else. */
    baseUrl: text('base_url').notNull(),
    secretCipher: text('secret_cipher').notNull(),
    externalOrgId: text('external_org_id').notNull(),
    /** Where callers reach it, and the header in which it reads their key. */
    publicUrl: text('public_url').notNull(),
    headerName: text('header_name').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('gateways_name_key').on(table.nameKey),
    check('gateways_kind_known', sql`${table.kind} in ('tyk')`),
  ],
)

/** No row: the built-in gateway serves the API. */
export const apiGateways = sqliteTable(
  'api_gateways',
  {
    apiId: ref('api_id', 'api')
      .primaryKey()
      .references(() => apis.id, { onDelete: 'cascade' }),
    gatewayId: ref('gateway_id', 'gwy')
      .notNull()
      .references(() => gateways.id),
    externalApiId: text('external_api_id').notNull(),
    listenPath: text('listen_path').notNull(),
  },
  (table) => [uniqueIndex('api_gateways_external').on(table.gatewayId, table.externalApiId)],
)

/**
 * What a gateway was told of a key. It stays until the gateway has forgotten the key, also when the credential and its app
 * are gone: without the key nobody could end it there. `unsure` while it is told, and after somebody died doing so.
 */
export const gatewayKeys = sqliteTable(
  'gateway_keys',
  {
    credentialId: ref('credential_id', 'crd').notNull(),
    gatewayId: ref('gateway_id', 'gwy')
      .notNull()
      .references(() => gateways.id),
    appId: ref('app_id', 'app').notNull(),
    hint: text('hint').notNull(),
    /** The same sealed text as the credential's, which is erased when a key ends or was shown once. */
    secretCipher: text('secret_cipher').notNull(),
    state: text('state', { enum: ['absent', 'unsure', 'present'] }).notNull(),
    /** One teller at a time: who holds the claim has read the newest state after it took it. */
    claimId: text('claim_id'),
    claimedUntil: moment('claimed_until').notNull().default(0),
    toldAt: moment('told_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.credentialId, table.gatewayId] }),
    index('gateway_keys_gateway').on(table.gatewayId, table.credentialId),
    index('gateway_keys_app').on(table.appId),
    check('gateway_keys_state_known', sql`${table.state} in ('absent', 'unsure', 'present')`),
  ],
)
