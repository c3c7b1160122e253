import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { dayAt, monthAt, neighbours, portalUsageFilter } from '~/domain/gateway/portal-usage'
import { portalUsageShown } from '~/domain/gateway/portal-usage-view'
import { getPortalUsage } from '~/domain/gateway/queries-portal-usage.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { formatDay } from '~/ui/date-time'
import { ExportLink } from '~/ui/export-link'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { CallsCharts, EstimateNote, RangeLinks, UsageStats } from '~/ui/gateway/app-usage'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Tables } from './tables'

export const meta: MetaFunction = () => [{ title: 'Usage' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const filter = portalUsageFilter(new URL(args.request.url).searchParams, ctx.now)
  const { period, productId } = filter
  const { topApps, products, ...usage } = await getPortalUsage(ctx, filter)
  const { before, after } = neighbours(period, ctx.now)
  const base = productId ? withParam(paths.admin.usage, 'product', productId) : paths.admin.usage
  const at = (value: string) => withParam(base, 'period', value)
  const [today, month] = [dayAt(ctx.now), monthAt(ctx.now)]
  return {
    period,
    shown: portalUsageShown(usage, period),
    topApps,
    productId,
    productChoices: products,
    ranges: [
      { value: today.value, label: 'Today', to: at(today.value) },
      { value: month.value, label: 'This month', to: at(month.value) },
    ],
    beforeTo: at(before.value),
    afterTo: after && at(after.value),
    address: at(period.value),
    exportTo: withParam(paths.admin.exportUsage, 'period', period.value),
  }
}

export default function UsagePage() {
  const { period, shown, topApps, productId, productChoices, ranges, beforeTo, afterTo, address, exportTo } =
    useLoaderData<typeof loader>()
  const label = period.kind === 'day' ? formatDay(period.start) : formatDay(period.start).replace(/^1 /, '')
  const product = productChoices.find(({ id }) => id === productId)
  const step = period.kind === 'day' ? 'day' : 'month'
  return (
    <>
      <PageHeader
        title="Usage"
        description="Calls that reached an API, of all apps."
        actions={
          <>
            <ButtonLink to={paths.admin.refusedCalls}>Refused calls</ButtonLink>
            <ExportLink to={exportTo} />
          </>
        }
      />
      <div className="flex flex-wrap items-center gap-3">
        <RangeLinks current={period.value} ranges={ranges} />
        <div className="flex items-center gap-2">
          <ButtonLink to={beforeTo} size="sm" aria-label={`Previous ${step}`}>
            ‹
          </ButtonLink>
          <span className="min-w-28 text-center font-medium tabular-nums">{label}</span>
          {afterTo && (
            <ButtonLink to={afterTo} size="sm" aria-label={`Next ${step}`}>
              ›
            </ButtonLink>
          )}
        </div>
      </div>
      <FilterBar
        keep={{ period: period.value }}
        chips={product ? [{ label: product.name, removeTo: withParam(address, 'product', null) }] : []}
      >
        <FilterSelect
          label="Product"
          name="product"
          value={productId}
          any="All products"
          options={productChoices.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </FilterBar>
      <UsageStats totals={shown.totals} />
      <CallsCharts steps={shown.steps} stepMs={period.stepMs} label={label} />
      <Tables
        products={shown.products}
        apis={shown.apis}
        // Apps are counted over all products.
        apps={productId ? null : topApps}
        productTo={(id) => withParam(address, 'product', id)}
      />
      <EstimateNote />
    </>
  )
}
