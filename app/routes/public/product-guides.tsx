import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Link, useLoaderData } from '@remix-run/react'
import { BookOpen } from 'lucide-react'
import { getGuidePage } from '~/domain/catalog/queries.server'
import { requireReaderFor } from '~/platform/guards'
import { guideBaseUrl } from '~/platform/guide-base-url'
import { paths } from '~/platform/paths'
import { productTabs } from '~/platform/product-tabs'
import { orNotFound } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { MarkdownLink } from '~/ui/catalog/markdown-link'
import { ProductFrame } from '~/ui/catalog/product-frame'
import { RenderedHtml } from '~/ui/catalog/rendered-html'
import { EmptyState } from '~/ui/empty-state'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.guide ? `${data.guide.title}: ${data.product.name}` : 'Get started' },
]

export async function loader(args: LoaderFunctionArgs) {
  const { product, guide } = await requireReaderFor(args, (ctx) => {
    const { slug = '', guide: guideSlug = null } = args.params
    return orNotFound(getGuidePage(ctx, slug, guideSlug))
  })
  const baseUrl = guideBaseUrl(args.context.scope.env, product)
  return {
    about: guide ? `${guide.title}: a guide to ${product.name}.` : `Guides to ${product.name}.`,
    product,
    // The address is plain URL characters, which HTML takes as they are.
    guide: guide && {
      ...guide,
      bodyHtml: guide.bodyHtml.replace(/\{\{baseUrl\}\}|%7B%7BbaseUrl%7D%7D/g, () => baseUrl),
    },
    tabs: productTabs(product, 'guides'),
  }
}

export default function ProductGuidesPage() {
  const { product, guide, tabs } = useLoaderData<typeof loader>()
  return (
    <ProductFrame
      {...product}
      logoUrl={product.hasLogo ? paths.productLogo(product.slug) : null}
      catalogsTo={paths.catalogs}
      tabs={tabs}
    >
      {guide ? (
        <div className="grid items-start gap-8 md:grid-cols-[14rem_minmax(0,1fr)]">
          <nav aria-label="Guides" className="md:sticky md:top-[calc(var(--bar)+1rem)]">
            <ol className="flex flex-col gap-1">
              {product.guides.map((entry, index) => (
                <li key={entry.slug}>
                  <Link
                    to={paths.productGuide(product.slug, entry.slug)}
                    aria-current={entry.slug === guide.slug ? 'page' : undefined}
                    className="flex items-baseline gap-2 rounded-control px-2 py-1.5 text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink"
                  >
                    <span className="tabular-nums">{index + 1}.</span>
                    <span className="min-w-0 wrap-anywhere">{entry.title}</span>
                    {entry.draft && <Badge tone="amber">Draft</Badge>}
                  </Link>
                </li>
              ))}
            </ol>
          </nav>
          <article className="min-w-0">
            <h2 className="mb-4 text-xl font-semibold text-balance">{guide.title}</h2>
            <RenderedHtml html={guide.bodyHtml} />
            <p className="mt-8">
              <MarkdownLink to={paths.asMarkdown(paths.productGuide(product.slug, guide.slug))} />
            </p>
          </article>
        </div>
      ) : (
        <EmptyState icon={BookOpen} title="No guides yet">
          The API reference tells what each operation takes and answers.
        </EmptyState>
      )}
    </ProductFrame>
  )
}
