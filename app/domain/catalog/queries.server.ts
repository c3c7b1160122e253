// The pages of one product: overview, reference, guides, downloads. Each is one trip, and each asks again who may see it.
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import {
  apiDocumentChunks,
  apiDocuments,
  apiOperations,
  apis,
  catalogPlans,
  catalogProducts,
  catalogs,
  guides,
  plans,
  products,
} from '~db/schema'
import type { DocumentOverview, Operation, OperationDetail } from './operation'
import type { PlanTerms } from './plan'
import { visibleCatalogs, visibleProducts } from './visibility.server'

export type ProductHead = {
  id: Id<'prd'>
  slug: string
  name: string
  summary: string
  draft: boolean
  hasLogo: boolean
  tags: string[]
  apis: { slug: string; name: string; version: string; documented: boolean; callable: boolean }[]
  guides: { slug: string; title: string; draft: boolean }[]
}

export type OfferedPlan = PlanTerms & {
  id: Id<'pln'>
  name: string
  description: string
  approval: 'auto' | 'manual'
}

export type ProductPage = ProductHead & {
  descriptionHtml: string
  catalogs: { id: Id<'cat'>; name: string; plans: OfferedPlan[] }[]
}

/** The condition on `products` under which `slug` is a product that this actor sees. */
function seen(actor: Actor, slug: string): SQL | undefined {
  return and(eq(products.slug, slug), visibleProducts(actor))
}

function headStatements({ db, actor }: DomainContext, slug: string) {
  const mayPreview = actor.type === 'admin' || actor.type === 'system'
  const product = sql`(select ${products.id} from ${products} where ${seen(actor, slug)})`
  return [
    db
      .select({
        id: products.id,
        slug: products.slug,
        name: products.name,
        summary: products.summary,
        draft: sql<boolean>`${products.state} = 'draft'`.mapWith(Boolean).as('draft'),
        hasLogo: sql<boolean>`${products.logoContentType} is not null`.mapWith(Boolean).as('has_logo'),
        descriptionHtml: products.descriptionHtml,
        tags: sql<
          string[]
        >`(select json_group_array(tag) from (select t.tag from product_tags t where t.product_id = ${products}.id order by t.tag))`
          .mapWith((text: string) => JSON.parse(text) as string[])
          .as('tags'),
      })
      .from(products)
      .where(seen(actor, slug))
      .limit(1),
    db
      .select({
        slug: apis.slug,
        name: apis.name,
        version: apis.version,
        documented: sql<boolean>`${apis.documentId} is not null`.mapWith(Boolean).as('documented'),
        callable: sql<boolean>`${apis.upstreamUrl} is not null`.mapWith(Boolean).as('callable'),
      })
      .from(apis)
      .where(eq(apis.productId, product))
      .orderBy(asc(apis.position), asc(apis.name)),
    db
      .select({
        slug: guides.slug,
        title: guides.title,
        draft: sql<boolean>`${guides.state} = 'draft'`.mapWith(Boolean).as('draft'),
      })
      .from(guides)
      .where(and(eq(guides.productId, product), mayPreview ? undefined : eq(guides.state, 'published')))
      .orderBy(asc(guides.position), asc(guides.title)),
  ] as const
}

function headOf<R extends object>(rows: R[], apiRows: ProductHead['apis'], guideRows: ProductHead['guides']) {
  const row = rows[0]
  if (!row) throw new NotFoundError('product')
  return { ...row, apis: apiRows, guides: guideRows }
}

export async function getProductPage(ctx: DomainContext, slug: string): Promise<ProductPage> {
  const { db, actor } = ctx
  const [rows, apiRows, guideRows, offers] = await db.batch([
    ...headStatements(ctx, slug),
    db
      .select({
        catalogId: named(catalogs.id, 'catalog_id'),
        catalogName: named(catalogs.name, 'catalog_name'),
        planId: sql<Id<'pln'> | null>`${plans.id}`.as('plan_id'),
        planName: sql<string>`${plans.name}`.as('plan_name'),
        planDescription: sql<string>`${plans.description}`.as('plan_description'),
        approval: plans.approval,
        rateLimit: plans.rateLimit,
        ratePeriodSeconds: plans.ratePeriodSeconds,
        quotaLimit: plans.quotaLimit,
        quotaPeriod: plans.quotaPeriod,
        keyLifetimeDays: plans.keyLifetimeDays,
      })
      .from(catalogProducts)
      .innerJoin(catalogs, eq(catalogs.id, catalogProducts.catalogId))
      .leftJoin(catalogPlans, eq(catalogPlans.catalogId, catalogs.id))
      .leftJoin(plans, and(eq(plans.id, catalogPlans.planId), sql`${plans.archivedAt} is null`))
      .where(
        and(
          sql`${catalogProducts.productId} = (select ${products.id} from ${products} where ${seen(actor, slug)})`,
          visibleCatalogs(actor),
        ),
      )
      .orderBy(
        asc(catalogs.position),
        asc(catalogs.name),
        asc(catalogPlans.position),
        asc(plans.createdAt),
        asc(plans.id),
      ),
  ])
  const byCatalog = new Map<Id<'cat'>, ProductPage['catalogs'][number]>()
  for (const { catalogId, catalogName, planId, planName, planDescription, approval, ...terms } of offers) {
    const catalog = byCatalog.get(catalogId) ?? { id: catalogId, name: catalogName, plans: [] }
    byCatalog.set(catalogId, catalog)
    if (planId && approval)
      catalog.plans.push({ id: planId, name: planName, description: planDescription, approval, ...terms })
  }
  return { ...headOf(rows, apiRows, guideRows), catalogs: [...byCatalog.values()] }
}

export type ApiReference = {
  product: ProductHead
  api: {
    slug: string
    name: string
    version: string
    callable: boolean
    descriptionHtml: string
    overview: DocumentOverview
  }
  operations: Operation[]
}

export async function getApiReference(
  ctx: DomainContext,
  slug: string,
  apiSlug: string,
): Promise<ApiReference> {
  const { db, actor } = ctx
  const current = and(eq(apis.slug, apiSlug), seen(actor, slug))
  const [rows, apiRows, guideRows, documents, operations] = await db.batch([
    ...headStatements(ctx, slug),
    db
      .select({
        slug: named(apis.slug, 'api_slug'),
        name: named(apis.name, 'api_name'),
        version: named(apis.version, 'api_version'),
        upstreamUrl: apis.upstreamUrl,
        descriptionHtml: named(apiDocuments.descriptionHtml, 'document_description'),
        overview: apiDocuments.overview,
      })
      .from(apis)
      .innerJoin(products, eq(products.id, apis.productId))
      .innerJoin(apiDocuments, eq(apiDocuments.id, apis.documentId))
      .where(current)
      .limit(1),
    db
      .select({
        slug: named(apiOperations.slug, 'operation_slug'),
        method: apiOperations.method,
        path: apiOperations.path,
        tag: apiOperations.tag,
        summary: named(apiOperations.summary, 'operation_summary'),
        deprecated: apiOperations.deprecated,
        detail: apiOperations.detail,
      })
      .from(apiOperations)
      .innerJoin(apis, eq(apis.documentId, apiOperations.documentId))
      .innerJoin(products, eq(products.id, apis.productId))
      .where(current)
      .orderBy(asc(apiOperations.position)),
  ])
  const document = documents[0]
  if (!document) throw new NotFoundError('api')
  const { upstreamUrl, overview, ...api } = document
  return {
    product: headOf(rows, apiRows, guideRows),
    api: { ...api, callable: upstreamUrl !== null, overview: overview as DocumentOverview },
    operations: operations.map((operation) => ({
      ...operation,
      detail: operation.detail as OperationDetail,
    })),
  }
}

export type GuidePage = {
  product: ProductHead
  guide: { slug: string; title: string; bodyHtml: string } | null
}

/** A guide of a product; the first one when none is named, and null when the product has none. */
export async function getGuidePage(
  ctx: DomainContext,
  slug: string,
  guideSlug: string | null,
): Promise<GuidePage> {
  const { db, actor } = ctx
  const mayPreview = actor.type === 'admin' || actor.type === 'system'
  const [rows, apiRows, guideRows, bodies] = await db.batch([
    ...headStatements(ctx, slug),
    db
      .select({ slug: named(guides.slug, 'guide_slug'), title: guides.title, bodyHtml: guides.bodyHtml })
      .from(guides)
      .innerJoin(products, eq(products.id, guides.productId))
      .where(
        and(
          seen(actor, slug),
          mayPreview ? undefined : eq(guides.state, 'published'),
          guideSlug === null ? undefined : eq(guides.slug, guideSlug),
        ),
      )
      .orderBy(asc(guides.position), asc(guides.title))
      .limit(1),
  ])
  const guide = bodies[0] ?? null
  const product = headOf(rows, apiRows, guideRows)
  if (guideSlug !== null && !guide) throw new NotFoundError('guide')
  return { product, guide }
}

export type ApiDocumentText = { fileName: string; format: 'json' | 'yaml'; text: string }

export async function getApiDocumentText(
  { db, actor }: DomainContext,
  slug: string,
  apiSlug: string,
): Promise<ApiDocumentText> {
  const rows = await db
    .select({ format: apiDocuments.format, content: apiDocumentChunks.content })
    .from(apiDocumentChunks)
    .innerJoin(apiDocuments, eq(apiDocuments.id, apiDocumentChunks.documentId))
    .innerJoin(apis, eq(apis.documentId, apiDocuments.id))
    .innerJoin(products, eq(products.id, apis.productId))
    .where(and(eq(apis.slug, apiSlug), seen(actor, slug)))
    .orderBy(asc(apiDocumentChunks.position))
  const format = rows[0]?.format
  if (!format) throw new NotFoundError('document')
  return { fileName: `${slug}-${apiSlug}.${format}`, format, text: rows.map((row) => row.content).join('') }
}

export async function getProductLogo(
  { db, actor }: DomainContext,
  slug: string,
): Promise<{ contentType: string; bytes: Uint8Array }> {
  const [row] = await db
    .select({ contentType: products.logoContentType, bytes: products.logoData })
    .from(products)
    .where(seen(actor, slug))
  if (!row?.contentType || !row.bytes) throw new NotFoundError('logo')
  return { contentType: row.contentType, bytes: row.bytes }
}
