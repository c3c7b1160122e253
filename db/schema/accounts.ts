// People: users, their sessions, second factors, invitations, and the marks that make a token work once.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id } from '~/domain/kernel/ids'
import { createdAt, decision, flag, id, moment, ref } from '~db/columns'
import { organizations, teams } from './organizations'

export const users = sqliteTable(
  'users',
  {
    id: id('usr'),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    role: text('role', { enum: ['admin', 'developer'] }).notNull(),
    state: text('state', { enum: ['invited', 'pending', 'active', 'rejected', 'deactivated'] }).notNull(),
    stateReason: text('state_reason'),
    organizationId: ref('organization_id', 'org').references(() => organizations.id),
    orgRole: text('org_role', { enum: ['super_admin', 'team_member'] }),
    passwordHash: text('password_hash'),
    passwordChangedAt: moment('password_changed_at'),
    mustChangePassword: flag('must_change_password').notNull().default(false),
    resetVersion: integer('reset_version').notNull().default(0),
    resetRequestedAt: moment('reset_requested_at'),
    emailVerifiedAt: moment('email_verified_at'),
    lastLoginAt: moment('last_login_at'),
    notifyRequests: flag('notify_requests').notNull().default(true),
    notifyExpiry: flag('notify_expiry').notNull().default(true),
    ...decision(),
    createdAt: createdAt(),
    /** By which lists sort: the names in small letters. */
    nameKey: text('name_key').generatedAlwaysAs(sql`lower(first_name || ' ' || last_name)`, {
      mode: 'virtual',
    }),
    /** Zero for somebody who never logged in: a page of a list can begin there too. */
    lastLoginKey: integer('last_login_key').generatedAlwaysAs(sql`coalesce(last_login_at, 0)`, {
      mode: 'virtual',
    }),
    /** By whose beginnings people are found. */
    lastNameKey: text('last_name_key').generatedAlwaysAs(sql`lower(last_name)`, { mode: 'virtual' }),
    emailDomain: text('email_domain').generatedAlwaysAs(sql`substr(email_key, instr(email_key, '@'))`, {
      mode: 'virtual',
    }),
    /** What happened since then is new to this person. */
    notificationsSeenAt: moment('notifications_seen_at'),
    notifyUsers: flag('notify_users').notNull().default(true),
    notifyAccess: flag('notify_access').notNull().default(true),
    notifyOrganizations: flag('notify_organizations').notNull().default(true),
    /** Nobody reads it any more: `daily_mails` says it of each kind. */
    notifyDaily: flag('notify_daily').notNull().default(false),
    /** The kinds of mails (mail-choices.ts) that this person gets in one mail a day. */
    dailyMails: text('daily_mails', { mode: 'json' }).$type<string[]>().notNull().default(sql`'[]'`),
  },
  (table) => [
    uniqueIndex('users_email_key').on(table.emailKey),
    uniqueIndex('users_id_organization').on(table.id, table.organizationId),
    index('users_name').on(table.nameKey, table.id),
    index('users_last_login').on(table.lastLoginKey, table.id),
    index('users_last_name').on(table.lastNameKey),
    index('users_email_domain').on(table.emailDomain),
    index('users_created').on(table.createdAt, table.id),
    index('users_state_created').on(table.state, table.createdAt, table.id),
    index('users_role_state').on(table.role, table.state),
    index('users_organization').on(table.organizationId, table.createdAt, table.id),
    index('users_organization_name').on(table.organizationId, table.nameKey, table.id),
    index('users_invited').on(table.organizationId).where(sql`${table.state} = 'invited'`),
    check('users_role_known', sql`${table.role} in ('admin', 'developer')`),
    check(
      'users_state_known',
      sql`${table.state} in ('invited', 'pending', 'active', 'rejected', 'deactivated')`,
    ),
    check(
      'users_place',
      sql`(${table.role} = 'admin' and ${table.organizationId} is null and ${table.orgRole} is null)
        or (${table.role} = 'developer' and ${table.organizationId} is not null and ${table.orgRole} in ('super_admin', 'team_member'))`,
    ),
  ],
)

export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    id: ref('id', 'ses').notNull(),
    userId: ref('user_id', 'usr')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    lastSeenAt: moment('last_seen_at').notNull(),
    idleSeconds: integer('idle_seconds').notNull(),
    expiresAt: moment('expires_at').notNull(),
    authenticatedAt: moment('authenticated_at').notNull(),
    userAgent: text('user_agent'),
    ip: text('ip'),
    country: text('country'),
    secondFactorAt: moment('second_factor_at'),
  },
  (table) => [
    uniqueIndex('sessions_id').on(table.id),
    index('sessions_user').on(table.userId, table.createdAt),
    index('sessions_expires').on(table.expiresAt),
  ],
)

export const twoFactorSecrets = sqliteTable('two_factor_secrets', {
  userId: ref('user_id', 'usr')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  secretCipher: text('secret_cipher').notNull(),
  confirmedAt: moment('confirmed_at'),
  lastUsedStep: integer('last_used_step').notNull().default(0),
  createdAt: createdAt(),
})

export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    codeHash: text('code_hash').primaryKey(),
    userId: ref('user_id', 'usr')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    usedAt: moment('used_at'),
    createdAt: createdAt(),
  },
  (table) => [index('recovery_codes_user').on(table.userId)],
)

/** A WebAuthn credential: a second factor, or the whole login. `signCount` is the authenticator's counter. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    id: id('pky'),
    userId: ref('user_id', 'usr')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    credentialId: text('credential_id').notNull(),
    publicKey: text('public_key').notNull(),
    signCount: integer('sign_count').notNull(),
    transports: text('transports', { mode: 'json' }).$type<string[]>().notNull(),
    backedUp: flag('backed_up').notNull(),
    name: text('name').notNull(),
    lastUsedAt: moment('last_used_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('passkeys_credential').on(table.credentialId),
    index('passkeys_user').on(table.userId, table.createdAt),
  ],
)

/** A step that waits for its answer: a second factor at login, or a passkey's signature. Its cookie holds the token. */
export const loginChallenges = sqliteTable(
  'login_challenges',
  {
    tokenHash: text('token_hash').primaryKey(),
    purpose: text('purpose', {
      enum: ['second_factor', 'passkey_login', 'passkey_enrolment', 'factor_proof'],
    }).notNull(),
    userId: ref('user_id', 'usr').references(() => users.id, { onDelete: 'cascade' }),
    /** What a passkey signs; null where only codes are taken. */
    challenge: text('challenge'),
    /** The password's hash when it was checked: a reset in between ends the step. */
    passwordHash: text('password_hash'),
    attempts: integer('attempts').notNull().default(0),
    expiresAt: moment('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('login_challenges_user').on(table.userId),
    index('login_challenges_expires').on(table.expiresAt),
  ],
)

/** The address that a user wants to have, until its owner confirms it: one at a time. */
export const emailChanges = sqliteTable('email_changes', {
  userId: ref('user_id', 'usr')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** A nonce of this request: a link of an earlier one is dead. */
  version: text('version').notNull(),
  email: text('email').notNull(),
  emailKey: text('email_key').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: createdAt(),
})

export const invitations = sqliteTable(
  'invitations',
  {
    id: id('inv'),
    userId: ref('user_id', 'usr')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    invitedById: ref('invited_by_id', 'usr').references(() => users.id, { onDelete: 'set null' }),
    organizationId: ref('organization_id', 'org').references(() => organizations.id),
    state: text('state', { enum: ['open', 'accepted', 'withdrawn'] }).notNull(),
    expiresAt: moment('expires_at').notNull(),
    decidedAt: moment('decided_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('invitations_open').on(table.userId).where(sql`${table.state} = 'open'`),
    index('invitations_organization').on(table.organizationId, table.createdAt),
    check('invitations_state_known', sql`${table.state} in ('open', 'accepted', 'withdrawn')`),
  ],
)

/**
 * An invitation to an address that has an account elsewhere. To the inviter it looks like any other, so that nobody learns
 * who has an account; `id` stands where the id of an invited user would. Nobody can accept it.
 */
export const heldInvitations = sqliteTable(
  'held_invitations',
  {
    id: id('usr'),
    organizationId: ref('organization_id', 'org')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    orgRole: text('org_role', { enum: ['super_admin', 'team_member'] }).notNull(),
    teamIds: text('team_ids', { mode: 'json' }).$type<Id<'team'>[]>().notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('held_invitations_email').on(table.organizationId, table.emailKey),
    index('held_invitations_created').on(table.organizationId, table.createdAt, table.id),
    check('held_invitations_role_known', sql`${table.orgRole} in ('super_admin', 'team_member')`),
  ],
)

export const inviteCodes = sqliteTable(
  'invite_codes',
  {
    id: id('code'),
    code: text('code').notNull(),
    codeKey: text('code_key').notNull(),
    organizationId: ref('organization_id', 'org').notNull(),
    teamId: ref('team_id', 'team').notNull(),
    maxUses: integer('max_uses').notNull(),
    uses: integer('uses').notNull().default(0),
    expiresAt: moment('expires_at'),
    active: flag('active').notNull().default(true),
    createdById: ref('created_by_id', 'usr').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('invite_codes_key').on(table.codeKey),
    index('invite_codes_created').on(table.createdAt, table.id),
    foreignKey({
      columns: [table.teamId, table.organizationId],
      foreignColumns: [teams.id, teams.organizationId],
    }).onDelete('cascade'),
    check('invite_codes_uses_bounded', sql`${table.uses} >= 0 and ${table.uses} <= ${table.maxUses}`),
  ],
)

/** A one-time token that was spent. The primary key decides a race: the second insert fails and its batch rolls back. */
export const consumedTokens = sqliteTable(
  'consumed_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    purpose: text('purpose', {
      enum: ['password_reset', 'invitation', 'email_verification', 'email_change'],
    }).notNull(),
    redemptionId: text('redemption_id').notNull(),
    userId: ref('user_id', 'usr').references(() => users.id, { onDelete: 'cascade' }),
    consumedAt: moment('consumed_at').notNull(),
  },
  (table) => [index('consumed_tokens_consumed').on(table.consumedAt)],
)

/** Counts attempts by a key such as `login:account:<hash>` in a window that ends at `resetsAt`. */
export const attemptCounters = sqliteTable(
  'attempt_counters',
  {
    key: text('key').primaryKey(),
    attempts: integer('attempts').notNull(),
    resetsAt: moment('resets_at').notNull(),
  },
  (table) => [index('attempt_counters_resets').on(table.resetsAt)],
)
