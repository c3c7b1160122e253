// Organizations, their teams, and who is in which team. Composite keys keep a team and its people in one organization.
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { createdAt, decision, flag, id, moment, ref } from '~db/columns'
import { users } from './accounts'

export const organizations = sqliteTable(
  'organizations',
  {
    id: id('org'),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    state: text('state', { enum: ['pending', 'active', 'rejected', 'suspended'] }).notNull(),
    isDefault: flag('is_default').notNull().default(false),
    requestedById: ref('requested_by_id', 'usr'),
    rejectionReason: text('rejection_reason'),
    suspendedAt: moment('suspended_at'),
    frozenAt: moment('frozen_at'),
    ...decision(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('organizations_name_key').on(table.nameKey).where(sql`${table.state} <> 'rejected'`),
    uniqueIndex('organizations_one_default').on(table.isDefault).where(sql`${table.isDefault} = 1`),
    uniqueIndex('organizations_one_open_request')
      .on(table.requestedById)
      .where(sql`${table.state} = 'pending'`),
    index('organizations_name').on(table.nameKey, table.id),
    index('organizations_state_name').on(table.state, table.nameKey, table.id),
    index('organizations_created').on(table.createdAt, table.id),
    index('organizations_state_created').on(table.state, table.createdAt, table.id),
    check('organizations_state_known', sql`${table.state} in ('pending', 'active', 'rejected', 'suspended')`),
    check('organizations_default_active', sql`${table.isDefault} = 0 or ${table.state} = 'active'`),
  ],
)

export const teams = sqliteTable(
  'teams',
  {
    id: id('team'),
    organizationId: ref('organization_id', 'org')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    isDefault: flag('is_default').notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('teams_name_key').on(table.organizationId, table.nameKey),
    uniqueIndex('teams_id_organization').on(table.id, table.organizationId),
    uniqueIndex('teams_one_default').on(table.organizationId).where(sql`${table.isDefault} = 1`),
    index('teams_name').on(table.nameKey, table.id),
    index('teams_created').on(table.createdAt, table.id),
    index('teams_organization_created').on(table.organizationId, table.createdAt, table.id),
  ],
)

/** How much an organization holds. Triggers of the migration keep it, so that a list counts nothing. */
export const organizationSizes = sqliteTable('organization_sizes', {
  organizationId: ref('organization_id', 'org')
    .primaryKey()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  members: integer('members').notNull().default(0),
  teams: integer('teams').notNull().default(0),
  apps: integer('apps').notNull().default(0),
})

/** The same for a team's members. */
export const teamSizes = sqliteTable('team_sizes', {
  teamId: ref('team_id', 'team')
    .primaryKey()
    .references(() => teams.id, { onDelete: 'cascade' }),
  members: integer('members').notNull().default(0),
})

export const teamMembers = sqliteTable(
  'team_members',
  {
    teamId: ref('team_id', 'team').notNull(),
    userId: ref('user_id', 'usr').notNull(),
    organizationId: ref('organization_id', 'org').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.userId] }),
    index('team_members_user').on(table.userId),
    foreignKey({
      columns: [table.teamId, table.organizationId],
      foreignColumns: [teams.id, teams.organizationId],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.userId, table.organizationId],
      foreignColumns: [users.id, users.organizationId],
    }).onDelete('cascade'),
  ],
)
