import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { Waypoints } from 'lucide-react'
import { gatewayKindLabels } from '~/domain/gateway/external-gateway'
import { listGateways } from '~/domain/gateway/queries-gateways.server'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'

export const meta: MetaFunction = () => [{ title: 'Gateways' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const page = await listGateways(ctx, pageRequest(new URL(args.request.url).searchParams))
  return { ...page, rows: page.rows.map((row) => ({ ...row, kindLabel: gatewayKindLabels[row.kind] })) }
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: (row) => (
      <span className="flex min-w-0 flex-col">
        <span className="font-medium wrap-anywhere">{row.name}</span>
        <span className="text-sm text-muted">{row.kindLabel}</span>
      </span>
    ),
  },
  {
    key: 'address',
    header: 'Management address',
    cell: (row) => <code className="font-mono text-sm wrap-anywhere">{row.baseUrl}</code>,
    hideOnPhone: true,
  },
  { key: 'apis', header: 'APIs', cell: (row) => formatNumber(row.apiCount), align: 'right' },
  { key: 'keys', header: 'Keys', cell: (row) => formatNumber(row.keyCount), align: 'right' },
]

export default function GatewaysPage() {
  const { rows, next, previous } = useLoaderData<typeof loader>()
  const to = (name: string, cursor: string) => `${paths.admin.gateways}?${name}=${cursor}`
  const add = (variant?: 'primary') => (
    <ButtonLink to={paths.admin.newGateway} {...(variant ? { variant } : {})}>
      Add gateway
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title="Gateways"
        description="The built-in gateway serves every API, unless another one is chosen for it. These are the others."
        actions={add('primary')}
      />
      <DataTable
        caption="External gateways"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowTo={(row) => paths.admin.gateway(row.id)}
        empty={
          <EmptyState icon={Waypoints} title="No external gateway" action={add()}>
            Add one to have keys of this portal work at a gateway that you run already.
          </EmptyState>
        }
      />
      <Pagination previousTo={previous && to('before', previous)} nextTo={next && to('after', next)} />
    </>
  )
}
