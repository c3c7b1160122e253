// Carts, access requests with the terms they were given, and which credential serves which request.
import { sql } from 'drizzle-orm'
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { createdAt, decision, flag, id, moment, planTerms, ref } from '~db/columns'
import { users } from './accounts'
import { apps, credentials } from './apps'
import { catalogs, plans, products } from './catalog'
import { organizations } from './organizations'

export const cartItems = sqliteTable(
  'cart_items',
  {
    userId: ref('user_id', 'usr')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    catalogId: ref('catalog_id', 'cat')
      .notNull()
      .references(() => catalogs.id, { onDelete: 'cascade' }),
    productId: ref('product_id', 'prd')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    addedAt: moment('added_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.catalogId, table.productId] })],
)

export const accessRequests = sqliteTable(
  'access_requests',
  {
    id: id('req'),
    submissionId: text('submission_id').notNull(),
    appId: ref('app_id', 'app')
      .notNull()
      .references(() => apps.id, { onDelete: 'cascade' }),
    organizationId: ref('organization_id', 'org')
      .notNull()
      .references(() => organizations.id),
    requesterId: ref('requester_id', 'usr').references(() => users.id, { onDelete: 'set null' }),
    catalogId: ref('catalog_id', 'cat')
      .notNull()
      .references(() => catalogs.id),
    planId: ref('plan_id', 'pln')
      .notNull()
      .references(() => plans.id),
    credentialType: text('credential_type', { enum: ['api_key', 'oauth_client'] }).notNull(),
    note: text('note').notNull().default(''),
    state: text('state', { enum: ['pending', 'approved', 'rejected', 'withdrawn', 'revoked'] }).notNull(),
    rejectionReason: text('rejection_reason'),
    // The plan's terms on the day of the request: approved access keeps them when the plan changes.
    planName: text('plan_name').notNull(),
    ...planTerms(),
    remindedAt: moment('reminded_at'),
    ...decision(),
    createdAt: createdAt(),
    // A change of plan: the access that it takes the place of once it is approved, and which then ends as `revoked` with
    // `replaced_by_id`: that is how a retired request is stored.
    replacesId: ref('replaces_id', 'req'),
    replacedById: ref('replaced_by_id', 'req'),
    // The request under whose id the limits are counted, so that a change of plan brings no fresh quota. Null: its own.
    limitsId: ref('limits_id', 'req'),
    // The key that shall serve this request, too. Null: one of its own.
    wantedCredentialId: ref('wanted_credential_id', 'crd'),
  },
  (table) => [
    uniqueIndex('access_requests_submission').on(table.submissionId),
    uniqueIndex('access_requests_change_once').on(table.replacesId).where(sql`${table.state} = 'pending'`),
    index('access_requests_unreminded')
      .on(table.createdAt)
      .where(sql`${table.state} = 'pending' and ${table.remindedAt} is null`),
    index('access_requests_plan_created').on(table.planId, table.createdAt, table.id),
    index('access_requests_catalog_created').on(table.catalogId, table.createdAt, table.id),
    index('access_requests_plan_name').on(table.planName, table.createdAt, table.id),
    index('access_requests_state_created').on(table.state, table.createdAt, table.id),
    index('access_requests_created').on(table.createdAt, table.id),
    index('access_requests_app').on(table.appId, table.createdAt),
    index('access_requests_plan').on(table.planId, table.state),
    index('access_requests_catalog').on(table.catalogId, table.state),
    index('access_requests_organization').on(table.organizationId, table.createdAt, table.id),
    check(
      'access_requests_state_known',
      sql`${table.state} in ('pending', 'approved', 'rejected', 'withdrawn', 'revoked')`,
    ),
  ],
)

/** `live` while the request is pending or approved: the index then keeps a product once per app and plan. */
export const accessRequestProducts = sqliteTable(
  'access_request_products',
  {
    requestId: ref('request_id', 'req')
      .notNull()
      .references(() => accessRequests.id, { onDelete: 'cascade' }),
    productId: ref('product_id', 'prd')
      .notNull()
      .references(() => products.id),
    appId: ref('app_id', 'app').notNull(),
    planId: ref('plan_id', 'pln').notNull(),
    live: flag('live').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.requestId, table.productId] }),
    uniqueIndex('access_request_products_once')
      .on(table.appId, table.planId, table.productId)
      .where(sql`${table.live} = 1`),
    index('access_request_products_product').on(table.productId),
  ],
)

/** Which requests a credential serves: one when it is issued, more when it is reused for further products. */
export const credentialRequests = sqliteTable(
  'credential_requests',
  {
    credentialId: ref('credential_id', 'crd')
      .notNull()
      .references(() => credentials.id, { onDelete: 'cascade' }),
    requestId: ref('request_id', 'req')
      .notNull()
      .references(() => accessRequests.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.credentialId, table.requestId] }),
    index('credential_requests_request').on(table.requestId),
  ],
)
