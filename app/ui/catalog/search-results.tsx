// Products that a search finds, each with what in it was found: operations, APIs and guides.
import { Link } from '@remix-run/react'
import { BookOpen, FileJson } from 'lucide-react'
import { Avatar } from '~/ui/avatar'
import { Badge } from '~/ui/badge'
import { TextLink } from '~/ui/text-link'
import { MethodBadge } from './method-badge'
import type { ProductCardData } from './product-grid'

export type FoundPart = {
  kind: 'product' | 'api' | 'operation' | 'guide'
  method: string
  title: string
  subtitle: string
  to: string
}

type SearchResultsProps = { results: { product: ProductCardData; parts: FoundPart[] }[] }

export function SearchResults({ results }: SearchResultsProps) {
  return (
    <ol aria-label="Found products" className="flex flex-col gap-4">
      {results.map(({ product, parts }) => (
        <li key={product.slug} className="min-w-0 rounded-card border border-line bg-surface">
          <div className="flex items-start gap-4 p-4">
            <Avatar
              square
              size="lg"
              name={product.name}
              src={product.hasLogo ? `/products/${product.slug}/logo` : null}
            />
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <h2 className="font-semibold wrap-anywhere">
                  <TextLink plain to={`/products/${product.slug}`}>
                    {product.name}
                  </TextLink>
                </h2>
                {product.draft && <Badge tone="amber">Draft</Badge>}
                {product.tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
                {product.catalogs.map((catalog) => (
                  <Badge key={catalog} tone="accent">
                    {catalog}
                  </Badge>
                ))}
              </div>
              <p className="mt-0.5 max-w-text text-muted">{product.summary}</p>
            </div>
          </div>
          {parts.length > 0 && (
            <ul aria-label={`Found in ${product.name}`} className="divide-y divide-line border-t border-line">
              {parts.map((part) => (
                <li key={part.to}>
                  <Part part={part} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  )
}

function Part({ part }: { part: FoundPart }) {
  const Icon = part.kind === 'guide' ? BookOpen : FileJson
  return (
    <Link to={part.to} className="flex min-w-0 items-center gap-3 px-4 py-2 -outline-offset-2 hover:bg-hover">
      <span className="flex w-16 shrink-0 items-center text-muted">
        {part.method ? <MethodBadge method={part.method} /> : <Icon aria-hidden className="size-4" />}
      </span>
      <span className="min-w-0 truncate font-medium">{part.title}</span>
      {part.method && (
        <code className="min-w-0 flex-1 truncate text-right text-sm text-muted max-sm:hidden">
          {part.subtitle}
        </code>
      )}
    </Link>
  )
}
