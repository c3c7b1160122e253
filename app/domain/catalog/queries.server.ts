// The pages of one product: overview, guides, downloads. Each is one trip, and each asks again who may see it.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import { named } from '~db/columns'
import { apiDocumentChunks, apiDocuments, apis, catalogProducts, guides, products } from '~db/schema'
import { type Offer, offersOf, offersStatement } from './offers.server'
import { type ProductCard, toCard } from './product-card.server'
import { headOf, headStatements, mayPreview, type ProductHead, seen } from './product-head.server'
import { relatedStatement } from './related.server'
import { visibleCatalogs } from './visibility.server'

export type ProductPage = ProductHead & {
  descriptionHtml: string
  related: ProductCard[]
  catalogs: Offer[]
}

export async function getProductPage(ctx: DomainContext, slug: string): Promise<ProductPage> {
  const { db, actor } = ctx
  const [rows, apiRows, guideRows, descriptions, related, offers] = await db.batch([
    ...headStatements(ctx, slug),
    db.select({ descriptionHtml: products.descriptionHtml }).from(products).where(seen(actor, slug)),
    relatedStatement(ctx, slug),
    offersStatement(
      db,
      and(
        sql`${catalogProducts.productId} = (select ${products.id} from ${products} where ${seen(actor, slug)})`,
        visibleCatalogs(actor),
      ),
    ),
  ])
  return {
    ...headOf(rows, apiRows, guideRows),
    descriptionHtml: descriptions[0]?.descriptionHtml ?? '',
    related: related.map(toCard),
    catalogs: offersOf(offers),
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
  const [rows, apiRows, guideRows, bodies] = await db.batch([
    ...headStatements(ctx, slug),
    db
      .select({ slug: named(guides.slug, 'guide_slug'), title: guides.title, bodyHtml: guides.bodyHtml })
      .from(guides)
      .innerJoin(products, eq(products.id, guides.productId))
      .where(
        and(
          seen(actor, slug),
          mayPreview(actor) ? undefined : eq(guides.state, 'published'),
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
