import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { problemLabel } from '~/domain/catalog/document-review'
import { getApiDocument } from '~/domain/catalog/queries-documents.server'
import { formatNumber } from '~/domain/kernel/number'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DocumentChangesView } from '~/ui/catalog/document-changes'
import { MethodBadge } from '~/ui/catalog/method-badge'
import { type Column, DataTable } from '~/ui/data-table'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.document.title} ${data.document.version}` : 'Document' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  const documentId = idParam(args, 'doc', 'documentId')
  const page = await orNotFound(getApiDocument(ctx, productId, apiId, documentId))
  return { ...page, gatewayPath: paths.gateway(page.api.productSlug, page.api.slug) }
}

type Operation = Awaited<ReturnType<typeof loader>>['operations'][number]

export default function ApiDocumentPage() {
  const { api, document, operations, gatewayPath } = useLoaderData<typeof loader>()
  const { admin } = paths
  const isCurrent = document.id === api.documentId
  const columns: Column<Operation>[] = [
    { key: 'method', header: 'Method', cell: (operation) => <MethodBadge method={operation.method} /> },
    {
      key: 'path',
      header: api.upstreamUrl ? 'Called at' : 'Path',
      cell: (operation) => (
        <code className="font-mono text-sm wrap-anywhere">
          {api.upstreamUrl && <span className="text-muted">{gatewayPath}</span>}
          {operation.path}
        </code>
      ),
    },
    {
      key: 'summary',
      header: 'Summary',
      cell: (operation) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {operation.summary}
          {operation.deprecated && <Badge tone="amber">Deprecated</Badge>}
        </span>
      ),
    },
    { key: 'tag', header: 'Tag', cell: (operation) => operation.tag, hideOnPhone: true },
  ]
  return (
    <>
      <PageHeader
        title={`${document.title} ${document.version}`}
        breadcrumbs={[
          { label: 'Products', to: admin.products },
          { label: api.productName, to: admin.product(api.productId) },
          { label: api.name, to: admin.api(api.productId, api.id) },
        ]}
        description={`OpenAPI ${document.openapiVersion}, ${document.format.toUpperCase()}, ${formatNumber(Math.ceil(document.sizeBytes / 1024))} KB, ${formatNumber(document.operationCount)} operations`}
        status={
          <>
            {isCurrent && <Badge tone="green">Current</Badge>}
            {document.draft && <Badge tone="amber">Not imported</Badge>}
          </>
        }
        actions={
          !isCurrent && (
            <>
              <ButtonLink
                to={
                  document.draft
                    ? admin.importDocument(api.productId, api.id)
                    : admin.api(api.productId, api.id)
                }
              >
                {document.draft ? 'Check another' : 'Back to the API'}
              </ButtonLink>
              <Form method="post" action={admin.adoptDocument(api.productId, api.id, document.id)}>
                <SubmitButton>{document.draft ? 'Import' : 'Restore'}</SubmitButton>
              </Form>
            </>
          )
        }
      />
      {document.draft && (
        <Callout tone="green" title="The document can be imported">
          Readers see it as soon as you press Import. Until then nothing changes.
        </Callout>
      )}
      <Warnings />
      {document.review?.changes && (
        <Card>
          <CardHeader
            title="What changes"
            description={
              document.draft
                ? 'Compared with the document that is current.'
                : 'Compared with the document that was current when this one was checked.'
            }
          />
          <CardBody>
            <DocumentChangesView changes={document.review.changes} />
          </CardBody>
        </Card>
      )}
      <section className="flex flex-col gap-3">
        <h2 className="text-md font-semibold">Operations</h2>
        {api.upstreamUrl && (
          <p className="max-w-text text-muted">
            The gateway takes calls at these addresses. It also passes on other paths below the API, which the
            upstream answers for itself.
          </p>
        )}
        <DataTable
          caption="Operations"
          columns={columns}
          rows={operations}
          rowKey={(operation) => `${operation.method} ${operation.path}`}
          empty={null}
        />
        {operations.length < document.operationCount && (
          <p className="text-sm text-muted">
            The first {formatNumber(operations.length)} of {formatNumber(document.operationCount)}.
          </p>
        )}
      </section>
    </>
  )
}

function Warnings() {
  const { document } = useLoaderData<typeof loader>()
  const warnings = document.review?.warnings ?? []
  if (warnings.length === 0) return null
  return (
    <Callout tone="amber" title={`${formatNumber(warnings.length)} things to look at`}>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
        {warnings.map((warning) => (
          <li key={`${warning.at} ${warning.text}`} className="wrap-anywhere">
            {problemLabel(warning)}
          </li>
        ))}
      </ul>
    </Callout>
  )
}
