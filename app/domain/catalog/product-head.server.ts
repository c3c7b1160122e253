// What stands at the top of every page of a product, and the condition under which somebody sees it at all.
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { apis, guides, products } from '~db/schema'
import { hasLogo, tagList } from './product-columns.server'
import { type ServedElsewhere, servedColumn } from './queries-served.server'
import { visibleProducts } from './visibility.server'

export type ProductHead = {
  id: Id<'prd'>
  slug: string
  name: string
  summary: string
  draft: boolean
  hasLogo: boolean
  tags: string[]
  apis: {
    slug: string
    name: string
    version: string
    documented: boolean
    callable: boolean
    served: ServedElsewhere | null
  }[]
  guides: { slug: string; title: string; draft: boolean }[]
}

/** Drafts are for admins. */
export function mayPreview(actor: Actor): boolean {
  return actor.type === 'admin' || actor.type === 'system'
}

/** The condition on `products` under which `slug` is a product that this actor sees. */
export function seen(actor: Actor, slug: string): SQL | undefined {
  return and(eq(products.slug, slug), visibleProducts(actor))
}

export function headStatements({ db, actor }: DomainContext, slug: string) {
  const product = sql`(select ${products.id} from ${products} where ${seen(actor, slug)})`
  return [
    db
      .select({
        id: products.id,
        slug: products.slug,
        name: products.name,
        summary: products.summary,
        draft: sql<boolean>`${products.state} = 'draft'`.mapWith(Boolean).as('draft'),
        hasLogo,
        tags: tagList,
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
        served: servedColumn(),
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
      .where(
        and(eq(guides.productId, product), mayPreview(actor) ? undefined : eq(guides.state, 'published')),
      )
      .orderBy(asc(guides.position), asc(guides.title)),
  ] as const
}

export function headOf<R extends object>(
  rows: R[],
  apiRows: ProductHead['apis'],
  guideRows: ProductHead['guides'],
) {
  const row = rows[0]
  if (!row) throw new NotFoundError('product')
  return { ...row, apis: apiRows, guides: guideRows }
}
