// The usage of one app: its quotas and where they are heading, calls over time, and which API took them.
import { Link } from '@remix-run/react'
import { ChartColumn } from 'lucide-react'
import type { AccessUse, UsageNumbers } from '~/domain/gateway/app-usage-view'
import { formatNumber } from '~/domain/kernel/number'
import { periodLabels } from '~/ui/apps/usage-bars'
import { BarChart } from '~/ui/bar-chart'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { cx } from '~/ui/class-names'
import { type Column, DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { Stat, Stats } from '~/ui/stat'
import { UsageBar } from '~/ui/usage-bar'
import { durationText, forecastMark, planFitText, shareText, stepLabel } from './usage-words'

type ApiRow = UsageNumbers & { id: string; apiName: string; productName: string }

type AppUsageProps = {
  range: { value: string; label: string; stepMs: number }
  ranges: readonly { value: string; label: string; to: string }[]
  totals: UsageNumbers
  steps: readonly (UsageNumbers & { start: number })[]
  apis: readonly ApiRow[]
  accesses: readonly AccessUse[]
}

export function AppUsage({ range, ranges, totals, steps, apis, accesses }: AppUsageProps) {
  return (
    <>
      {accesses.map((access) => (
        <AccessCard key={access.id} access={access} />
      ))}
      <RangeLinks current={range.value} ranges={ranges} />
      <UsageStats totals={totals} />
      <CallsCharts steps={steps} stepMs={range.stepMs} label={`last ${range.label}`} />
      <DataTable
        caption={`Calls by API, last ${range.label}`}
        columns={apiColumns}
        rows={apis}
        rowKey={(api) => api.id}
        empty={
          <EmptyState icon={ChartColumn} title={`No calls in the last ${range.label}`}>
            Calls that reached an API are counted here a few seconds later.
          </EmptyState>
        }
      />
      <EstimateNote />
    </>
  )
}

/** How the numbers came about. */
export function EstimateNote() {
  return (
    <p className="max-w-text text-sm text-muted">
      Times are estimated from eight classes, from under 25 ms to over 2.5 s, taking the calls of a class to
      be spread evenly over it. Calls that the gateway refused are not counted. Hours and days are UTC.
    </p>
  )
}

function AccessCard({ access }: { access: AccessUse }) {
  const { planName, catalogName, productNames, quotaLimit, quotaPeriod, used, forecast, fit } = access
  const mark = forecast && quotaLimit !== null ? forecastMark(forecast, quotaLimit) : undefined
  const periods = (['hour', 'day', 'week', 'month'] as const).filter(
    (period) => period === 'day' || period === 'month' || period === quotaPeriod,
  )
  return (
    <Card>
      <CardHeader
        title={`Plan ${planName}`}
        description={`${productNames.join(', ')}, from ${catalogName}`}
      />
      <CardBody className="flex flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-2">
          {periods.map((period) => (
            <UsageBar
              key={period}
              label={periodLabels[period]}
              value={used[period]}
              max={period === quotaPeriod ? quotaLimit : null}
              unit="calls"
              mark={period === quotaPeriod ? mark : undefined}
            />
          ))}
        </div>
        <p className="max-w-text">
          <span className="font-medium">Which plan fits? </span>
          <span className="text-muted">{planFitText(fit, access)}</span>
        </p>
      </CardBody>
    </Card>
  )
}

type RangeLinksProps = { current: string; ranges: readonly { value: string; label: string; to: string }[] }

export function RangeLinks({ current, ranges }: RangeLinksProps) {
  return (
    <nav aria-label="Time" className="flex">
      <ul className="flex rounded-control border border-line bg-surface p-0.5">
        {ranges.map(({ value, label, to }) => (
          <li key={value}>
            <Link
              to={to}
              preventScrollReset
              aria-current={value === current ? 'page' : undefined}
              className={cx(
                'flex h-7 items-center rounded-xs px-3 text-sm font-medium',
                value === current ? 'bg-pressed text-ink' : 'text-muted hover:text-ink',
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export function UsageStats({ totals }: { totals: UsageNumbers }) {
  const { calls, clientErrors, serverErrors, p50, p95 } = totals
  return (
    <Stats>
      <Stat label="Calls" value={formatNumber(calls)} />
      <Stat
        label="Errors of the caller"
        value={formatNumber(clientErrors)}
        note={`4xx, ${shareText(clientErrors, calls)}`}
      />
      <Stat
        label="Errors of the API"
        value={formatNumber(serverErrors)}
        note={`5xx, ${shareText(serverErrors, calls)}`}
      />
      <Stat
        label="Response time"
        value={durationText(p50)}
        note={`half of the calls; 95 % within ${durationText(p95)}`}
      />
    </Stats>
  )
}

type ChartsProps = {
  steps: readonly (UsageNumbers & { start: number })[]
  stepMs: number
  label: string
}

export function CallsCharts({ steps, stepMs, label }: ChartsProps) {
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Card>
        <CardBody>
          <BarChart
            title={`Calls, ${label}`}
            valueLabel="Calls"
            errorsLabel="4xx and 5xx"
            series={steps.map(({ start, calls, clientErrors, serverErrors }) => ({
              label: stepLabel(start, stepMs),
              value: calls,
              errors: clientErrors + serverErrors,
            }))}
          />
        </CardBody>
      </Card>
      <Card>
        <CardBody>
          <BarChart
            title={`Response time of 95 %, in ms, ${label}`}
            valueLabel="Milliseconds"
            series={steps.map(({ start, p95 }) => ({ label: stepLabel(start, stepMs), value: p95?.ms ?? 0 }))}
          />
        </CardBody>
      </Card>
    </div>
  )
}

export function numberColumns<Row extends UsageNumbers>(): Column<Row>[] {
  const number = (key: string, header: string, cell: (row: Row) => string): Column<Row> => ({
    key,
    header,
    align: 'right',
    cell,
  })
  return [
    number('calls', 'Calls', ({ calls }) => formatNumber(calls)),
    number('4xx', '4xx', ({ clientErrors }) => formatNumber(clientErrors)),
    number('5xx', '5xx', ({ serverErrors }) => formatNumber(serverErrors)),
    number('p50', 'Half within', ({ p50 }) => durationText(p50)),
    number('p95', '95 % within', ({ p95 }) => durationText(p95)),
  ]
}

const apiColumns: Column<ApiRow>[] = [
  {
    key: 'api',
    header: 'API',
    cell: ({ apiName, productName }) => (
      <div className="flex min-w-40 flex-col">
        <span className="font-medium">{apiName}</span>
        <span className="text-sm text-muted">{productName}</span>
      </div>
    ),
  },
  ...numberColumns<ApiRow>(),
]
