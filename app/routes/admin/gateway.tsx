import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { Boxes } from 'lucide-react'
import { gatewayKindLabels } from '~/domain/gateway/external-gateway'
import { getGateway } from '~/domain/gateway/queries-gateways.server'
import { formatNumber } from '~/domain/kernel/number'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.name ?? 'Gateway' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const gateway = await orNotFound(getGateway(ctx, idParam(args, 'gwy', 'gatewayId')))
  return { ...gateway, kindLabel: gatewayKindLabels[gateway.kind] }
}

export default function GatewayPage() {
  const gateway = useLoaderData<typeof loader>()
  const { admin } = paths
  return (
    <>
      <PageHeader
        title={gateway.name}
        breadcrumbs={[{ label: 'Gateways', to: admin.gateways }]}
        status={<Badge>{gateway.kindLabel}</Badge>}
        actions={
          <>
            <ButtonLink to={admin.deleteGateway(gateway.id)}>Remove</ButtonLink>
            <ButtonLink to={admin.editGateway(gateway.id)}>Edit</ButtonLink>
            <Form method="post" action={admin.testGateway(gateway.id)}>
              <SubmitButton variant="primary">Test connection</SubmitButton>
            </Form>
          </>
        }
      />
      <Details />
      <Keys />
      <section className="flex flex-col gap-3">
        <h2 className="text-md font-semibold">APIs</h2>
        <DataTable
          caption="APIs that this gateway serves"
          columns={columns}
          rows={gateway.apis}
          rowKey={(api) => api.apiId}
          rowTo={(api) => admin.api(api.productId, api.apiId)}
          empty={
            <EmptyState icon={Boxes} title="It serves no API yet">
              Open an API of a product and choose this gateway for it.
            </EmptyState>
          }
        />
      </section>
    </>
  )
}

function Details() {
  const { baseUrl, externalOrgId, publicUrl, headerName } = useLoaderData<typeof loader>()
  const code = (text: string) => <code className="font-mono text-sm wrap-anywhere">{text}</code>
  return (
    <Card>
      <CardHeader title="Details" />
      <CardBody>
        <DefinitionList
          items={[
            { term: 'Management address', value: code(baseUrl) },
            { term: 'Organization ID', value: code(externalOrgId) },
            { term: 'Secret', value: <span className="text-muted">Stored sealed, never shown</span> },
            { term: 'Public address', value: code(publicUrl) },
            { term: 'Header of the key', value: code(headerName) },
          ]}
        />
      </CardBody>
    </Card>
  )
}

function Keys() {
  const { id, keys } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  return (
    <Card>
      <CardHeader
        title="Keys"
        actions={
          <Form method="post" action={paths.admin.resynchronizeGateway(id)}>
            <SubmitButton variant="secondary" size="sm">
              Resynchronize
            </SubmitButton>
          </Form>
        }
      />
      <CardBody className="flex flex-col gap-4">
        <DefinitionList
          items={[
            { term: 'Working there', value: formatNumber(keys.present) },
            {
              term: 'Being told',
              value: (
                <span className="flex flex-wrap items-center gap-x-3">
                  {formatNumber(keys.unsure)}
                  <TextLink to={`${paths.admin.deliveries}?channel=gateway`}>Deliveries to gateways</TextLink>
                </span>
              ),
            },
            {
              term: 'Last told',
              value: <DateTime value={keys.toldAt} now={now} relative empty="Never" />,
            },
          ]}
        />
        <p className="max-w-text text-muted">
          Changes are told by themselves. Resynchronize after the gateway lost data or was unreachable for
          long: it is told of every key again, step by step.
        </p>
      </CardBody>
    </Card>
  )
}

type Served = ReturnType<typeof useLoaderData<typeof loader>>['apis'][number]

const columns: Column<Served>[] = [
  {
    key: 'name',
    header: 'API',
    cell: (api) => (
      <span className="flex flex-col">
        <span className="font-medium">{api.name}</span>
        <span className="text-sm text-muted">{api.productName}</span>
      </span>
    ),
  },
  {
    key: 'id',
    header: 'API ID there',
    cell: (api) => <code className="font-mono text-sm wrap-anywhere">{api.externalApiId}</code>,
    hideOnPhone: true,
  },
  {
    key: 'path',
    header: 'Listen path',
    cell: (api) => <code className="font-mono text-sm wrap-anywhere">{api.listenPath}</code>,
  },
]
