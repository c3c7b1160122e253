// The same pages for readers of Markdown: what the viewer may see, with the texts as they were written.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { named } from '~db/columns'
import { apiDocuments, apiOperations, apis, guides, products } from '~db/schema'
import type { SecurityScheme } from './operation'
import type { PortalOutline } from './portal-outline'
import { headOf, headStatements, type ProductHead, seen } from './product-head.server'
import { type ServedElsewhere, servedColumn } from './queries-served.server'
import { visibleProducts } from './visibility.server'

/** `/llms.txt` is one text: of a portal with more than this the rest is found by search. */
const maxProducts = 500
const maxParts = 2000

/** Published products that the viewer sees, with their documented APIs and published guides. */
export async function getPortalOutline({ db, actor }: DomainContext): Promise<PortalOutline> {
  const shown = and(visibleProducts(actor), eq(products.state, 'published'))
  const [productRows, apiRows, guideRows] = await db.batch([
    db
      .select({ slug: products.slug, name: products.name, summary: products.summary })
      .from(products)
      .where(shown)
      .orderBy(asc(products.name), asc(products.id))
      .limit(maxProducts),
    db
      .select({
        productSlug: named(products.slug, 'product_slug'),
        slug: named(apis.slug, 'api_slug'),
        name: named(apis.name, 'api_name'),
        operationCount: apiDocuments.operationCount,
      })
      .from(apis)
      .innerJoin(products, eq(products.id, apis.productId))
      .innerJoin(apiDocuments, eq(apiDocuments.id, apis.documentId))
      .where(shown)
      .orderBy(asc(apis.position), asc(apis.name))
      .limit(maxParts),
    db
      .select({
        productSlug: named(products.slug, 'product_slug'),
        slug: named(guides.slug, 'guide_slug'),
        title: guides.title,
      })
      .from(guides)
      .innerJoin(products, eq(products.id, guides.productId))
      .where(and(shown, eq(guides.state, 'published')))
      .orderBy(asc(guides.position), asc(guides.title))
      .limit(maxParts),
  ])
  return { products: productRows, apis: apiRows, guides: guideRows }
}

export async function getProductText(
  ctx: DomainContext,
  slug: string,
): Promise<{ product: ProductHead; description: string }> {
  const [rows, apiRows, guideRows, texts] = await ctx.db.batch([
    ...headStatements(ctx, slug),
    ctx.db.select({ description: products.descriptionMarkdown }).from(products).where(seen(ctx.actor, slug)),
  ])
  return { product: headOf(rows, apiRows, guideRows), description: texts[0]?.description ?? '' }
}

export async function getGuideText(
  ctx: DomainContext,
  slug: string,
  guideSlug: string,
): Promise<{ product: ProductHead; title: string; body: string }> {
  const [rows, apiRows, guideRows, texts] = await ctx.db.batch([
    ...headStatements(ctx, slug),
    ctx.db
      .select({ slug: named(guides.slug, 'guide_slug'), title: guides.title, body: guides.bodyMarkdown })
      .from(guides)
      .innerJoin(products, eq(products.id, guides.productId))
      .where(and(seen(ctx.actor, slug), eq(guides.slug, guideSlug)))
      .limit(1),
  ])
  const product = headOf(rows, apiRows, guideRows)
  const [guide] = texts
  // The head lists the guides that this viewer sees: a draft is there for admins only.
  if (!guide || !product.guides.some((one) => one.slug === guide.slug)) throw new NotFoundError('guide')
  return { product, title: guide.title, body: guide.body }
}

export type ApiText = {
  name: string
  version: string
  callable: boolean
  served: ServedElsewhere | null
  acceptsApiKey: boolean
  acceptsOauth: boolean
  description: string
  servers: { url: string; description: string }[]
  securitySchemes: SecurityScheme[]
  operations: { slug: string; method: string; path: string; tag: string; summary: string }[]
}

/** The whole list of operations, at most 2,000 lines: who reads this wants to know what there is. */
export async function getApiText(ctx: DomainContext, slug: string, apiSlug: string): Promise<ApiText> {
  const { db, actor } = ctx
  const current = and(eq(apis.slug, apiSlug), seen(actor, slug))
  const list = <T>(path: string, name: string) =>
    sql<T[]>`json_extract(${apiDocuments.overview}, ${path})`
      .mapWith((text: string | null) => JSON.parse(text ?? '[]') as T[])
      .as(name)
  const [rows, operations] = await db.batch([
    db
      .select({
        name: named(apis.name, 'api_name'),
        version: named(apis.version, 'api_version'),
        callable: sql<boolean>`${apis.upstreamUrl} is not null`.mapWith(Boolean).as('callable'),
        served: servedColumn(),
        acceptsApiKey: apis.acceptsApiKey,
        acceptsOauth: apis.acceptsOauth,
        description: apiDocuments.descriptionMarkdown,
        servers: list<ApiText['servers'][number]>('$.servers', 'servers'),
        securitySchemes: list<SecurityScheme>('$.securitySchemes', 'security_schemes'),
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
      })
      .from(apiOperations)
      .innerJoin(apis, eq(apis.documentId, apiOperations.documentId))
      .innerJoin(products, eq(products.id, apis.productId))
      .where(current)
      .orderBy(asc(apiOperations.position)),
  ])
  const [api] = rows
  if (!api) throw new NotFoundError('api')
  return { ...api, operations }
}
