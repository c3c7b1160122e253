import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Link, useLoaderData } from '@remix-run/react'
import { Download, SearchX } from 'lucide-react'
import { getApiReference } from '~/domain/catalog/queries-reference.server'
import { referenceViewOf } from '~/domain/catalog/reference-view'
import { formatNumber } from '~/domain/kernel/number'
import { requireReaderFor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { baseUrlOf, referenceFrame } from '~/platform/reference-pages'
import { orNotFound } from '~/platform/responses'
import { ButtonLink, buttonClass } from '~/ui/button'
import { AcceptedCredentials } from '~/ui/catalog/accepted-credentials'
import { OperationList } from '~/ui/catalog/operation-list'
import { ReferenceFrame } from '~/ui/catalog/reference-frame'
import { ReferenceMenu } from '~/ui/catalog/reference-menu'
import { RenderedHtml } from '~/ui/catalog/rendered-html'
import { CodeBlock } from '~/ui/code-block'
import { DefinitionList } from '~/ui/definition-list'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { ReferenceColumns } from '~/ui/shell/reference-shell'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.group?.tag ?? data.api.name} reference` : 'API reference' },
]

export async function loader(args: LoaderFunctionArgs) {
  const { ctx, slug, apiSlug, view, product, api, ...page } = await requireReaderFor(args, async (ctx) => {
    const { slug = '', api: apiSlug = '' } = args.params
    const view = referenceViewOf(new URL(args.request.url).searchParams)
    return { ctx, slug, apiSlug, view, ...(await orNotFound(getApiReference(ctx, slug, apiSlug, view))) }
  })
  return {
    ...referenceFrame(product, api),
    ...page,
    api,
    view,
    about: `${api.name} ${api.version}: every operation with its parameters, answers and code samples.`,
    baseUrl: baseUrlOf(args.context.scope.env, slug, api),
    tokenEndpoint: ctx.origin + paths.oauth.token,
    documentTo: paths.productApiDocument(slug, apiSlug),
  }
}

export default function ApiReferencePage() {
  const data = useLoaderData<typeof loader>()
  const { base, menu, view, group } = data
  return (
    <ReferenceFrame
      {...data}
      markdownTo={paths.asMarkdown(base)}
      menu={<ReferenceMenu base={base} menu={menu} current={{ group: group?.slug }} search={view.search} />}
    >
      {view.search ? <Found /> : group ? <Group /> : <Introduction />}
    </ReferenceFrame>
  )
}

function Introduction() {
  const { api, baseUrl, documentTo, descriptionHtml } = useLoaderData<typeof loader>()
  return (
    <ReferenceColumns code={baseUrl ? <CodeBlock label="Base URL" code={baseUrl} copy /> : null}>
      <PageHeader
        title={api.name}
        description={`Version ${api.version} · ${formatNumber(api.operationCount)} ${api.operationCount === 1 ? 'operation' : 'operations'}`}
        actions={
          <a href={documentTo} download className={buttonClass({})}>
            <Download aria-hidden className="size-4" />
            Download OpenAPI
          </a>
        }
      />
      {descriptionHtml && <RenderedHtml html={descriptionHtml} />}
      <section className="flex flex-col gap-3">
        <h2 className="text-md font-semibold">Authentication</h2>
        <Authentication />
      </section>
      <section className="flex flex-col gap-3">
        <h2 className="text-md font-semibold">Operations</h2>
        <Groups />
      </section>
    </ReferenceColumns>
  )
}

function Authentication() {
  const { api, tokenEndpoint } = useLoaderData<typeof loader>()
  if (api.callable) {
    return (
      <>
        <AcceptedCredentials api={api} tokenEndpoint={tokenEndpoint} />
        <p className="max-w-text text-muted">
          An app gets its credential when access to this product is approved.
        </p>
      </>
    )
  }
  if (api.securitySchemes.length === 0) return <p className="text-muted">The document asks for none.</p>
  return (
    <DefinitionList
      items={api.securitySchemes.map(({ label, description, name }) => ({
        term: label,
        value: description || name,
      }))}
    />
  )
}

function Groups() {
  const { base, groups, previous, next } = useLoaderData<typeof loader>()
  return (
    <>
      <ul className="reference-list">
        {groups.map((group) => (
          <li key={group.slug}>
            <Link to={`${base}?group=${group.slug}`}>
              <span>{group.tag}</span> {formatNumber(group.operationCount)}
            </Link>
          </li>
        ))}
      </ul>
      <Pagination
        previousTo={previous === null ? null : `${base}?from=${previous}`}
        nextTo={next === null ? null : `${base}?from=${next}`}
      />
    </>
  )
}

function Group() {
  const { base, group, operations, previous, next, view } = useLoaderData<typeof loader>()
  if (!group) return null
  const here = `${base}?group=${group.slug}`
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title={group.tag}
        description={`${formatNumber(group.operationCount)} ${group.operationCount === 1 ? 'operation' : 'operations'}`}
      />
      {group.descriptionHtml && view.from === 0 && <RenderedHtml html={group.descriptionHtml} />}
      <OperationList base={base} operations={operations} />
      <Pagination
        previousTo={previous === null ? null : `${here}&from=${previous}`}
        nextTo={next === null ? null : `${here}&from=${next}`}
      />
    </div>
  )
}

function Found() {
  const { base, operations, view, api } = useLoaderData<typeof loader>()
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title="Found operations" description={`For “${view.search}” in ${api.name}`} />
      {operations.length > 0 ? (
        <OperationList base={base} operations={operations} />
      ) : (
        <EmptyState
          icon={SearchX}
          title="Nothing found"
          action={<ButtonLink to={base}>Show the introduction</ButtonLink>}
        >
          No operation has these words in its name, address or group.
        </EmptyState>
      )}
    </div>
  )
}
