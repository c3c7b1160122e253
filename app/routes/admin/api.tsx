import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { FileUp } from 'lucide-react'
import { type ApiPage, getApi } from '~/domain/catalog/queries-documents.server'
import { formatNumber } from '~/domain/kernel/number'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { callAddress } from '~/platform/reference-pages'
import { orNotFound } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { ChangeCounts } from '~/ui/catalog/document-changes'
import { CopyButton } from '~/ui/copy-button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.name ?? 'API' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  const api = await orNotFound(getApi(ctx, productId, apiId))
  return { ...api, baseUrl: callAddress(ctx.gatewayOrigin, api.productSlug, api) }
}

export default function ApiPageOfAdmin() {
  const api = useLoaderData<typeof loader>()
  const { admin } = paths
  const draft = api.documents.find((document) => document.draft)
  const importTo = admin.importDocument(api.productId, api.id)
  return (
    <>
      <PageHeader
        title={api.name}
        breadcrumbs={[
          { label: 'Products', to: admin.products },
          { label: api.productName, to: admin.product(api.productId) },
        ]}
        status={<Badge>{api.version}</Badge>}
        actions={
          <>
            <ButtonLink to={admin.deleteApi(api.productId, api.id)}>Delete</ButtonLink>
            <ButtonLink to={admin.editApi(api.productId, api.id)}>Edit</ButtonLink>
            <ButtonLink to={importTo} variant="primary" icon={FileUp}>
              Import document
            </ButtonLink>
          </>
        }
      />
      {draft && (
        <Callout
          tone="blue"
          title="A document was checked and waits to be imported"
          action={
            <ButtonLink to={admin.apiDocument(api.productId, api.id, draft.id)}>
              Look at version {draft.version}
            </ButtonLink>
          }
        />
      )}
      <Card>
        <CardHeader title="Details" />
        <CardBody>
          <DefinitionList
            items={[
              {
                term: 'Called at',
                value: api.upstreamUrl ? (
                  <span className="flex items-center gap-2">
                    <code className="font-mono text-sm wrap-anywhere">{api.baseUrl}</code>
                    <CopyButton value={api.baseUrl} label="Copy the base URL" />
                  </span>
                ) : (
                  'Nowhere: documentation only'
                ),
              },
              {
                term: 'Gateway',
                value: (
                  <span className="flex flex-wrap items-center gap-x-3">
                    {api.served ? 'An external one' : 'Built-in gateway'}
                    <TextLink to={admin.apiGateway(api.productId, api.id)}>Choose gateway</TextLink>
                  </span>
                ),
              },
              {
                term: 'Upstream',
                value: api.upstreamUrl ? (
                  <code className="font-mono text-sm">{api.upstreamUrl}</code>
                ) : (
                  <span className="text-muted">None</span>
                ),
              },
              {
                term: 'Accepts',
                value: [
                  api.acceptsApiKey ? 'API keys' : null,
                  api.acceptsOauth ? 'OAuth 2.0 client credentials' : null,
                ]
                  .filter(Boolean)
                  .join(', '),
              },
              {
                term: 'Reference',
                value: api.documentId ? (
                  <TextLink to={paths.productApi(api.productSlug, api.slug)}>Open the reference</TextLink>
                ) : (
                  <span className="text-muted">No document yet</span>
                ),
              },
            ]}
          />
        </CardBody>
      </Card>
      <section className="flex flex-col gap-3">
        <h2 className="text-md font-semibold">Documents</h2>
        <Documents api={api} importTo={importTo} />
      </section>
    </>
  )
}

function Documents({ api, importTo }: { api: ApiPage; importTo: string }) {
  const { now } = useRootData()
  const columns: Column<ApiPage['documents'][number]>[] = [
    {
      key: 'version',
      header: 'Version',
      cell: (document) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {document.version}
          {document.id === api.documentId && <Badge tone="green">Current</Badge>}
          {document.draft && <Badge tone="amber">Not imported</Badge>}
        </span>
      ),
    },
    {
      key: 'changes',
      header: 'Changes',
      cell: (document) =>
        document.counts ? (
          <ChangeCounts counts={document.counts} />
        ) : (
          <span className="text-muted">Not compared</span>
        ),
    },
    {
      key: 'operations',
      header: 'Operations',
      cell: (document) => formatNumber(document.operationCount),
      align: 'right',
    },
    {
      key: 'openapi',
      header: 'OpenAPI',
      cell: (document) => document.openapiVersion,
      hideOnPhone: true,
    },
    {
      key: 'created',
      header: 'Added',
      cell: (document) => <DateTime value={document.createdAt} now={now} relative />,
      hideOnPhone: true,
    },
  ]
  return (
    <DataTable
      caption="Documents"
      columns={columns}
      rows={api.documents}
      rowKey={(document) => document.id}
      rowTo={(document) => paths.admin.apiDocument(api.productId, api.id, document.id)}
      empty={
        <EmptyState
          icon={FileUp}
          title="No document yet"
          action={<ButtonLink to={importTo}>Import document</ButtonLink>}
        >
          The reference is made of an OpenAPI document.
        </EmptyState>
      }
    />
  )
}
