import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Link, useLoaderData } from '@remix-run/react'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { getOperationPage } from '~/domain/catalog/queries-reference.server'
import { requireReaderFor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { baseUrlOf, referenceFrame } from '~/platform/reference-pages'
import { orNotFound } from '~/platform/responses'
import { sampleCredential } from '~/ui/catalog/accepted-credentials'
import { codeSamples } from '~/ui/catalog/code-samples'
import { OperationView } from '~/ui/catalog/operation-view'
import { ReferenceFrame } from '~/ui/catalog/reference-frame'
import { ReferenceMenu } from '~/ui/catalog/reference-menu'
import { CodeTabs } from '~/ui/code-tabs'
import { isSendable } from '~/ui/gateway/call-method'
import { TryIt, TryItLink, useTryIt } from '~/ui/gateway/try-it'
import { ReferenceColumns } from '~/ui/shell/reference-shell'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.operation.summary}: ${data.api.name}` : 'Operation' },
]

export async function loader(args: LoaderFunctionArgs) {
  const { ctx, slug, ...page } = await requireReaderFor(args, async (ctx) => {
    const { slug = '', api: apiSlug = '', operation: operationSlug = '' } = args.params
    return { ctx, slug, ...(await orNotFound(getOperationPage(ctx, slug, apiSlug, operationSlug))) }
  })
  const { product, api, operation, menu, previous, next } = page
  const { description: _markdown, ...detail } = operation.detail
  const baseUrl = baseUrlOf(args.context.scope.env, slug, api)
  return {
    ...referenceFrame(product, api),
    about: `${operation.method} ${operation.path}: ${operation.summary}`,
    api: { name: api.name },
    accepts: api.callable
      ? {
          acceptsApiKey: api.acceptsApiKey,
          acceptsOauth: api.acceptsOauth,
          served: api.served,
          tokenEndpoint: ctx.origin + paths.oauth.token,
        }
      : null,
    schemes: api.callable ? [] : api.securitySchemes.filter(({ name }) => detail.security.includes(name)),
    operation: { ...operation, detail },
    url: `${baseUrl}${operation.path}`,
    markdownTo: paths.asMarkdown(paths.productOperation(slug, api.slug, operation.slug)),
    tryIt:
      api.callable && !api.served && isSendable(operation.method)
        ? tryItProps(args, slug, api.slug, baseUrl)
        : null,
    servedElsewhere: api.served !== null,
    samples: codeSamples(operation, baseUrl, sampleCredential(api), api.served?.header),
    menu,
    previous,
    next,
  }
}

function tryItProps(args: LoaderFunctionArgs, slug: string, api: string, baseUrl: string) {
  return {
    baseUrl,
    links: {
      keys: paths.productApiKeys(slug, api),
      login: paths.auth.login({ returnTo: new URL(args.request.url).pathname.replace(/\.data$/, '') }),
      apps: paths.dashboard.apps,
    },
  }
}

export default function OperationPage() {
  const data = useLoaderData<typeof loader>()
  const { base, menu, operation, accepts, schemes, url, samples, tryIt, servedElsewhere } = data
  const panel = useTryIt()
  return (
    <ReferenceFrame
      {...data}
      menu={<ReferenceMenu base={base} menu={menu} current={{ operation: operation.slug }} />}
    >
      <article>
        <ReferenceColumns
          code={
            <>
              {servedElsewhere && <NoTryIt />}
              {tryIt && <TryIt key={base} {...tryIt} operation={operation} tryIt={panel} />}
              <CodeTabs label="Request" tabs={samples} remember="language" />
              <Answers />
            </>
          }
        >
          <OperationView
            operation={operation}
            schemes={schemes}
            accepts={accepts}
            url={url}
            action={tryIt && <TryItLink onOpen={panel.open} />}
          />
        </ReferenceColumns>
      </article>
      <Neighbours />
    </ReferenceFrame>
  )
}

function NoTryIt() {
  return (
    <p className="text-sm text-muted">
      Another gateway serves this API, so it cannot be tried from this page. Send the request below with the
      key of your app.
    </p>
  )
}

/** The examples of what is answered: one for each status that has one. */
function Answers() {
  const { operation } = useLoaderData<typeof loader>()
  const tabs = operation.detail.responses.flatMap(({ status, bodies }) => {
    const example = bodies.find((body) => body.example)?.example
    return example ? [{ label: status, code: example }] : []
  })
  return tabs.length === 0 ? null : <CodeTabs label="Response" tabs={tabs.slice(0, 6)} />
}

function Neighbours() {
  const { base, previous, next } = useLoaderData<typeof loader>()
  return (
    <nav aria-label="Operations before and after" className="mt-10 grid gap-3 sm:grid-cols-2">
      {previous && (
        <Neighbour to={`${base}/${previous.slug}`} rel="prev" label="Previous" summary={previous.summary} />
      )}
      {next && <Neighbour to={`${base}/${next.slug}`} rel="next" label="Next" summary={next.summary} />}
    </nav>
  )
}

type NeighbourProps = { to: string; rel: 'prev' | 'next'; label: string; summary: string }

function Neighbour({ to, rel, label, summary }: NeighbourProps) {
  const isNext = rel === 'next'
  const Icon = isNext ? ArrowRight : ArrowLeft
  return (
    <Link
      to={to}
      rel={rel}
      className={`flex min-w-0 flex-col gap-0.5 rounded-card border border-line bg-surface px-4 py-3 hover:bg-hover ${isNext ? 'sm:col-start-2 sm:items-end sm:text-right' : ''}`}
    >
      <span className="flex items-center gap-1.5 text-sm text-muted">
        {!isNext && <Icon aria-hidden className="size-3.5" />}
        {label}
        {isNext && <Icon aria-hidden className="size-3.5" />}
      </span>
      <span className="font-medium wrap-anywhere">{summary}</span>
    </Link>
  )
}
