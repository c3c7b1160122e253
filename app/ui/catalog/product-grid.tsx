// Products as cards.
import { Badge } from '~/ui/badge'
import { CardGrid, LinkCard } from '~/ui/link-card'

export type ProductCardData = {
  slug: string
  name: string
  summary: string
  draft: boolean
  hasLogo: boolean
  tags: string[]
  catalogs: string[]
}

export function ProductGrid({ products, level = 2 }: { products: ProductCardData[]; level?: 2 | 3 }) {
  return (
    <CardGrid>
      {products.map((product) => (
        <LinkCard
          key={product.slug}
          level={level}
          title={product.name}
          to={`/products/${product.slug}`}
          linkLabel="More info"
          description={product.summary}
          logoUrl={product.hasLogo ? `/products/${product.slug}/logo` : null}
          tags={product.tags}
          meta={
            <span className="flex min-w-0 flex-wrap justify-end gap-1">
              {product.draft && <Badge tone="amber">Draft</Badge>}
              {product.catalogs.map((catalog) => (
                <Badge key={catalog} tone="accent">
                  {catalog}
                </Badge>
              ))}
            </span>
          }
        />
      ))}
    </CardGrid>
  )
}
