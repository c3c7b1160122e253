import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { Download } from 'lucide-react'
import type { Operation } from '~/domain/catalog/operation'
import { getApiReference } from '~/domain/catalog/queries.server'
import { gatewayOrigin } from '~/platform/gateway-origin'
import { requireReader } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { productTabs } from '~/platform/product-tabs'
import { orNotFound } from '~/platform/responses'
import { buttonClass } from '~/ui/button'
import { OperationSection } from '~/ui/catalog/operation-section'
import { ProductFrame } from '~/ui/catalog/product-frame'
import { RenderedHtml } from '~/ui/catalog/rendered-html'
import { CodeBlock } from '~/ui/code-block'
import { DefinitionList } from '~/ui/definition-list'
import { ReferenceSection, ReferenceShell } from '~/ui/shell/reference-shell'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.api.name} reference` : 'API reference' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireReader(args)
  const { slug = '', api: apiSlug = '' } = args.params
  const { product, api, operations } = await orNotFound(getApiReference(ctx, slug, apiSlug))
  const documented = api.overview.servers[0]?.url
  return {
    product,
    api,
    operations,
    baseUrl: api.callable
      ? `${gatewayOrigin(args.context.scope.env)}${paths.gateway(slug, apiSlug)}`
      : (documented ?? ''),
    tabs: productTabs(product, `api:${apiSlug}`),
  }
}

export default function ApiReferencePage() {
  const { product, api, operations, baseUrl, tabs } = useLoaderData<typeof loader>()
  const groups = groupByTag(
    operations,
    api.overview.tags.map((tag) => tag.name),
  )
  const tagDescriptions = new Map(api.overview.tags.map((tag) => [tag.name, tag.descriptionHtml]))
  return (
    <ProductFrame
      {...product}
      logoUrl={product.hasLogo ? paths.productLogo(product.slug) : null}
      catalogsTo={paths.catalogs}
      tabs={tabs}
      actions={
        <a href={paths.productApiDocument(product.slug, api.slug)} download className={buttonClass({})}>
          <Download aria-hidden className="size-4" />
          Download OpenAPI
        </a>
      }
    >
      <ReferenceShell navLabel="Operations" nav={<OperationNav groups={groups} />}>
        <ReferenceSection
          id="introduction"
          title={`${api.name} ${api.version}`}
          code={baseUrl ? <CodeBlock label="Base URL" code={baseUrl} copy /> : undefined}
        >
          {api.descriptionHtml && <RenderedHtml html={api.descriptionHtml} />}
          {api.overview.securitySchemes.length > 0 && (
            <DefinitionList
              items={api.overview.securitySchemes.map((scheme) => ({
                term: scheme.label,
                value: scheme.description || scheme.name,
              }))}
            />
          )}
        </ReferenceSection>
        {groups.map((group) => (
          <div key={group.tag} className="flex min-w-0 flex-col divide-y divide-line">
            {tagDescriptions.get(group.tag) && (
              <div className="py-6">
                <p className="text-sm font-semibold text-muted">{group.tag}</p>
                <RenderedHtml html={tagDescriptions.get(group.tag) ?? ''} className="prose text-muted" />
              </div>
            )}
            {group.operations.map((operation) => (
              <OperationSection key={operation.slug} operation={operation} baseUrl={baseUrl} />
            ))}
          </div>
        ))}
      </ReferenceShell>
    </ProductFrame>
  )
}

type Group = { tag: string; operations: Operation[] }

/** In the order of the document's tags, then in the order in which others first appear. */
function groupByTag(operations: Operation[], order: string[]): Group[] {
  const groups = new Map<string, Operation[]>(order.map((tag) => [tag, []]))
  for (const operation of operations) {
    const group = groups.get(operation.tag)
    if (group) group.push(operation)
    else groups.set(operation.tag, [operation])
  }
  return [...groups]
    .map(([tag, list]) => ({ tag, operations: list }))
    .filter((group) => group.operations.length > 0)
}

function OperationNav({ groups }: { groups: Group[] }) {
  return (
    <ul className="flex flex-col gap-4 text-sm">
      <li>
        <a href="#introduction" className="block rounded-control px-2 py-1 hover:bg-hover">
          Introduction
        </a>
      </li>
      {groups.map((group) => (
        <li key={group.tag} className="flex flex-col gap-1">
          <p className="px-2 font-semibold">{group.tag}</p>
          <ul>
            {group.operations.map((operation) => (
              <li key={operation.slug}>
                <a
                  href={`#${operation.slug}`}
                  className="flex items-baseline gap-2 rounded-control px-2 py-1 text-muted hover:bg-hover hover:text-ink"
                >
                  <span className="w-12 shrink-0 font-mono text-xs">{operation.method}</span>
                  <span className="min-w-0 wrap-anywhere">{operation.summary}</span>
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
