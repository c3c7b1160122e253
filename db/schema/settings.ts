// The portal's settings (one row) and the tokens of the admin API.
import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { bytes, createdAt, flag, id, moment, ref } from '~db/columns'
import { users } from './accounts'

export const settings = sqliteTable(
  'settings',
  {
    id: integer('id').primaryKey(),
    portalName: text('portal_name').notNull(),
    accentColor: text('accent_color'),
    homeMarkdown: text('home_markdown').notNull(),
    homeHtml: text('home_html').notNull(),
    visibility: text('visibility', { enum: ['public', 'private', 'hidden'] }).notNull(),
    registrationEnabled: flag('registration_enabled').notNull(),
    signInEnabled: flag('sign_in_enabled').notNull(),
    autoApproveDevelopers: flag('auto_approve_developers').notNull(),
    organizationRegistrationEnabled: flag('organization_registration_enabled').notNull(),
    autoApproveOrganizations: flag('auto_approve_organizations').notNull(),
    requireEmailVerification: flag('require_email_verification').notNull(),
    notificationAddress: text('notification_address'),
    passwordMinLength: integer('password_min_length').notNull(),
    adminIdleSeconds: integer('admin_idle_seconds').notNull(),
    developerIdleSeconds: integer('developer_idle_seconds').notNull(),
    sessionLifetimeSeconds: integer('session_lifetime_seconds').notNull(),
    requireAdminTwoFactor: flag('require_admin_two_factor').notNull(),
    showSecretsOnce: flag('show_secrets_once').notNull(),
    updatedAt: moment('updated_at').notNull(),
    revokeLeakedCredentials: flag('revoke_leaked_credentials').notNull().default(false),
    logoFile: text('logo_file'),
    logoWidth: integer('logo_width'),
    logoHeight: integer('logo_height'),
    homeVersion: integer('home_version').notNull().default(0),
  },
  (table) => [
    check('settings_one_row', sql`${table.id} = 1`),
    check('settings_visibility_known', sql`${table.visibility} in ('public', 'private', 'hidden')`),
    check('settings_password_length', sql`${table.passwordMinLength} between 8 and 64`),
  ],
)

/** The bytes of the logo, apart from the settings, which every page reads. `file` is the one that the settings name. */
export const portalLogos = sqliteTable(
  'portal_logos',
  {
    id: integer('id').primaryKey(),
    file: text('file').notNull(),
    contentType: text('content_type').notNull(),
    data: bytes('data').notNull(),
  },
  (table) => [check('portal_logos_one_row', sql`${table.id} = 1`)],
)

export const apiTokens = sqliteTable(
  'api_tokens',
  {
    id: id('tok'),
    name: text('name').notNull(),
    tokenHash: text('token_hash').notNull(),
    hint: text('hint').notNull(),
    scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
    createdById: ref('created_by_id', 'usr').references(() => users.id, { onDelete: 'set null' }),
    expiresAt: moment('expires_at'),
    lastUsedAt: moment('last_used_at'),
    revokedAt: moment('revoked_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('api_tokens_hash').on(table.tokenHash),
    index('api_tokens_created').on(table.createdAt),
  ],
)

/** Answers of the admin API by `Idempotency-Key`, so that a repeated call changes nothing more. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    tokenId: ref('token_id', 'tok')
      .notNull()
      .references(() => apiTokens.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status'),
    response: text('response'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.tokenId, table.key] }),
    index('idempotency_keys_created').on(table.createdAt),
  ],
)
