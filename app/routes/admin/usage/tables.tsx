// Who called most, and what.
import { ChartColumn } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatNumber } from '~/domain/kernel/number'
import { paths } from '~/platform/paths'
import { type Column, DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { numberColumns } from '~/ui/gateway/app-usage'
import { shareText } from '~/ui/gateway/usage-words'
import { TextLink } from '~/ui/text-link'

type AppRow = {
  appId: string
  appName: string | null
  organizationName: string | null
  calls: number
  clientErrors: number
  serverErrors: number
}

type Percentile = { ms: number; isAtLeast: boolean } | null
type Group = {
  id: string | null
  name: string
  calls: number
  clientErrors: number
  serverErrors: number
  p50: Percentile
  p95: Percentile
}

type TablesProps = {
  products: readonly Group[]
  apis: readonly Group[]
  /** Null where they cannot be told. */
  apps: readonly AppRow[] | null
  productTo: (id: string) => string
}

export function Tables({ products, apis, apps, productTo }: TablesProps) {
  const named = (header: string, to?: (id: string) => string): Column<Group> => ({
    key: 'name',
    header,
    cell: ({ id, name }) =>
      to && id !== null ? (
        <TextLink to={to(id)}>{name}</TextLink>
      ) : (
        <span className="font-medium">{name}</span>
      ),
  })
  return (
    <>
      {apps && (
        <Section title="Busiest apps">
          <DataTable
            caption="Busiest apps"
            columns={appColumns}
            rows={apps}
            rowKey={(app) => app.appId}
            empty={<NoCalls />}
          />
        </Section>
      )}
      <Section title="Products">
        <DataTable
          caption="Calls by product"
          columns={[named('Product', productTo), ...numberColumns<Group>()]}
          rows={products}
          rowKey={(product) => product.id ?? 'deleted'}
          empty={<NoCalls />}
        />
      </Section>
      {apis.length > products.length && (
        <Section title="APIs">
          <DataTable
            caption="Calls by API"
            columns={[named('API'), ...numberColumns<Group>()]}
            rows={apis}
            rowKey={(api) => api.id ?? ''}
            empty={<NoCalls />}
          />
        </Section>
      )}
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  )
}

function NoCalls() {
  return (
    <EmptyState icon={ChartColumn} title="No calls in this time">
      Calls that reached an API are counted here a few seconds later.
    </EmptyState>
  )
}

const appColumns: Column<AppRow>[] = [
  {
    key: 'app',
    header: 'App',
    cell: ({ appId, appName, organizationName }) => (
      <div className="flex min-w-40 flex-col">
        {appName === null ? (
          <span className="text-muted">Deleted app</span>
        ) : (
          <TextLink to={paths.admin.appUsage(appId)}>{appName}</TextLink>
        )}
        <span className="text-sm text-muted">{organizationName}</span>
      </div>
    ),
  },
  { key: 'calls', header: 'Calls', align: 'right', cell: ({ calls }) => formatNumber(calls) },
  {
    key: '4xx',
    header: '4xx',
    align: 'right',
    cell: ({ clientErrors }) => formatNumber(clientErrors),
  },
  {
    key: '5xx',
    header: '5xx',
    align: 'right',
    cell: ({ serverErrors }) => formatNumber(serverErrors),
  },
  {
    key: 'share',
    header: 'Failed',
    align: 'right',
    cell: ({ calls, clientErrors, serverErrors }) => shareText(clientErrors + serverErrors, calls),
  },
]
