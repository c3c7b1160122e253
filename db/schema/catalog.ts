// Catalogs with their audiences, products, plans, APIs with their parsed documents, and guides.
import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { bytes, createdAt, flag, id, moment, planTerms, ref } from '~db/columns'
import { organizations, teams } from './organizations'

export const catalogs = sqliteTable(
  'catalogs',
  {
    id: id('cat'),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    slug: text('slug').notNull(),
    visibility: text('visibility', { enum: ['public', 'private', 'custom'] }).notNull(),
    position: integer('position').notNull().default(0),
    createdAt: createdAt(),
    // A deleted catalog stays as a row: the requests that were made through it name it. Its slug and name are free again.
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    uniqueIndex('catalogs_slug').on(table.slug),
    uniqueIndex('catalogs_name_key').on(table.nameKey),
    check('catalogs_visibility_known', sql`${table.visibility} in ('public', 'private', 'custom')`),
  ],
)

/** Who sees a custom catalog: an organization or a team a row. */
export const catalogAudiences = sqliteTable(
  'catalog_audiences',
  {
    id: id('aud'),
    catalogId: ref('catalog_id', 'cat')
      .notNull()
      .references(() => catalogs.id, { onDelete: 'cascade' }),
    organizationId: ref('organization_id', 'org').references(() => organizations.id, { onDelete: 'cascade' }),
    teamId: ref('team_id', 'team').references(() => teams.id, { onDelete: 'cascade' }),
  },
  (table) => [
    uniqueIndex('catalog_audiences_organization').on(table.catalogId, table.organizationId),
    uniqueIndex('catalog_audiences_team').on(table.catalogId, table.teamId),
    index('catalog_audiences_by_organization').on(table.organizationId),
    index('catalog_audiences_by_team').on(table.teamId),
    check('catalog_audiences_one_kind', sql`(${table.organizationId} is null) <> (${table.teamId} is null)`),
  ],
)

export const products = sqliteTable(
  'products',
  {
    id: id('prd'),
    name: text('name').notNull(),
    slug: text('slug').notNull(),
    summary: text('summary').notNull(),
    descriptionMarkdown: text('description_markdown').notNull(),
    descriptionHtml: text('description_html').notNull(),
    logoContentType: text('logo_content_type'),
    logoData: bytes('logo_data'),
    featured: flag('featured').notNull().default(false),
    state: text('state', { enum: ['draft', 'published'] }).notNull(),
    publishedAt: moment('published_at'),
    createdAt: createdAt(),
    // A deleted product stays as a row, a draft that nobody sees: requests that ended long ago name it.
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    uniqueIndex('products_slug').on(table.slug),
    index('products_state_name').on(table.state, table.name, table.id),
    check('products_state_known', sql`${table.state} in ('draft', 'published')`),
  ],
)

export const productTags = sqliteTable(
  'product_tags',
  {
    productId: ref('product_id', 'prd')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    tag: text('tag').notNull(),
  },
  (table) => [primaryKey({ columns: [table.productId, table.tag] }), index('product_tags_tag').on(table.tag)],
)

export const catalogProducts = sqliteTable(
  'catalog_products',
  {
    catalogId: ref('catalog_id', 'cat')
      .notNull()
      .references(() => catalogs.id, { onDelete: 'cascade' }),
    productId: ref('product_id', 'prd')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    position: integer('position').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.catalogId, table.productId] }),
    index('catalog_products_product').on(table.productId),
  ],
)

export const plans = sqliteTable(
  'plans',
  {
    id: id('pln'),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    description: text('description').notNull(),
    ...planTerms(),
    approval: text('approval', { enum: ['auto', 'manual'] }).notNull(),
    archivedAt: moment('archived_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('plans_name_key').on(table.nameKey),
    check('plans_rate_whole', sql`(${table.rateLimit} is null) = (${table.ratePeriodSeconds} is null)`),
    check('plans_quota_whole', sql`(${table.quotaLimit} is null) = (${table.quotaPeriod} is null)`),
    check('plans_approval_known', sql`${table.approval} in ('auto', 'manual')`),
  ],
)

export const catalogPlans = sqliteTable(
  'catalog_plans',
  {
    catalogId: ref('catalog_id', 'cat')
      .notNull()
      .references(() => catalogs.id, { onDelete: 'cascade' }),
    planId: ref('plan_id', 'pln')
      .notNull()
      .references(() => plans.id),
    position: integer('position').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.catalogId, table.planId] }),
    index('catalog_plans_plan').on(table.planId),
  ],
)

export const apis = sqliteTable(
  'apis',
  {
    id: id('api'),
    productId: ref('product_id', 'prd')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    version: text('version').notNull(),
    upstreamUrl: text('upstream_url'),
    acceptsApiKey: flag('accepts_api_key').notNull().default(true),
    acceptsOauth: flag('accepts_oauth').notNull().default(false),
    documentId: ref('document_id', 'doc'),
    position: integer('position').notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('apis_slug').on(table.productId, table.slug),
    check('apis_accept_something', sql`${table.acceptsApiKey} = 1 or ${table.acceptsOauth} = 1`),
  ],
)

/** An imported OpenAPI document. Pages read `overview` and the operations; the text itself is kept in chunks for download. */
export const apiDocuments = sqliteTable(
  'api_documents',
  {
    id: id('doc'),
    apiId: ref('api_id', 'api')
      .notNull()
      .references(() => apis.id, { onDelete: 'cascade' }),
    format: text('format', { enum: ['json', 'yaml'] }).notNull(),
    openapiVersion: text('openapi_version').notNull(),
    title: text('title').notNull(),
    version: text('version').notNull(),
    descriptionHtml: text('description_html').notNull(),
    overview: text('overview', { mode: 'json' }).notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    operationCount: integer('operation_count').notNull(),
    createdAt: createdAt(),
    // Checked, and not imported yet: at most one of an API.
    draft: flag('draft').notNull().default(false),
    // What the check found, and the document it was compared with: warnings and changes of operations.
    review: text('review', { mode: 'json' }),
    comparedToId: ref('compared_to_id', 'doc'),
    descriptionMarkdown: text('description_markdown').notNull().default(''),
  },
  (table) => [index('api_documents_api').on(table.apiId, table.createdAt)],
)

/** D1 holds at most 2 MB a row, and a document may have 5 MB. */
export const apiDocumentChunks = sqliteTable(
  'api_document_chunks',
  {
    documentId: ref('document_id', 'doc')
      .notNull()
      .references(() => apiDocuments.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    content: text('content').notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.position] })],
)

/** The operations of one tag. Their positions follow one another from `first_position` on. */
export const apiOperationGroups = sqliteTable(
  'api_operation_groups',
  {
    documentId: ref('document_id', 'doc')
      .notNull()
      .references(() => apiDocuments.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    slug: text('slug').notNull(),
    tag: text('tag').notNull(),
    descriptionHtml: text('description_html').notNull(),
    firstPosition: integer('first_position').notNull(),
    operationCount: integer('operation_count').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.position] }),
    uniqueIndex('api_operation_groups_slug').on(table.documentId, table.slug),
    uniqueIndex('api_operation_groups_tag').on(table.documentId, table.tag),
  ],
)

export const apiOperations = sqliteTable(
  'api_operations',
  {
    documentId: ref('document_id', 'doc')
      .notNull()
      .references(() => apiDocuments.id, { onDelete: 'cascade' }),
    slug: text('slug').notNull(),
    method: text('method').notNull(),
    path: text('path').notNull(),
    tag: text('tag').notNull(),
    summary: text('summary').notNull(),
    deprecated: flag('deprecated').notNull().default(false),
    position: integer('position').notNull(),
    detail: text('detail', { mode: 'json' }).notNull(),
    /** For the search only: see `partsOfNames`. Empty where the document was imported before there was such a column. */
    nameParts: text('name_parts').notNull().default(''),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.slug] }),
    uniqueIndex('api_operations_address').on(table.documentId, table.method, table.path),
    index('api_operations_position').on(table.documentId, table.position),
  ],
)

export const guides = sqliteTable(
  'guides',
  {
    id: id('gde'),
    productId: ref('product_id', 'prd')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    bodyMarkdown: text('body_markdown').notNull(),
    bodyHtml: text('body_html').notNull(),
    state: text('state', { enum: ['draft', 'published'] }).notNull(),
    position: integer('position').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('guides_slug').on(table.productId, table.slug),
    index('guides_position').on(table.productId, table.position),
    check('guides_state_known', sql`${table.state} in ('draft', 'published')`),
  ],
)
