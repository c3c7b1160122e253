import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData, useLocation } from '@remix-run/react'
import { Gauge, SearchX } from 'lucide-react'
import { approvalLabel, limitsLabel, type PlanFilter, planFilters } from '~/domain/catalog/plan'
import { listPlans, type PlanRow } from '~/domain/catalog/queries-plans.server'
import { formatNumber } from '~/domain/kernel/number'
import { pageRequest } from '~/domain/kernel/page'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { Badge } from '~/ui/badge'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Plans' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const search = params.get('q')?.trim().slice(0, 200) ?? ''
  const filter = planFilters.find((one) => one === params.get('state')) ?? 'offered'
  return { ...(await listPlans(ctx, { search, filter, page: pageRequest(params) })), search, filter }
}

const filterLabels: Record<PlanFilter, string> = {
  offered: 'Offered',
  archived: 'Archived',
  all: 'All plans',
}

const columns: Column<PlanRow>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: (plan) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        {plan.name}
        {plan.archivedAt !== null && <Badge>Archived</Badge>}
      </span>
    ),
  },
  { key: 'limits', header: 'Limits', cell: limitsLabel },
  { key: 'approval', header: 'Approval', cell: (plan) => approvalLabel(plan.approval), hideOnPhone: true },
  {
    key: 'catalogs',
    header: 'Catalogs',
    cell: (plan) => plan.catalogs.join(', ') || <span className="text-muted">None</span>,
  },
  {
    key: 'approved',
    header: 'Approved requests',
    cell: (plan) => formatNumber(plan.approved),
    align: 'right',
  },
]

export default function PlansPage() {
  const { rows, next, previous, search, filter } = useLoaderData<typeof loader>()
  const location = useLocation()
  const here = location.pathname + location.search
  const filtered = search !== '' || filter !== 'offered'
  return (
    <>
      <PageHeader
        title="Plans"
        description="What developers choose between: limits, how long credentials last, and who approves."
        actions={
          <ButtonLink to={paths.admin.newPlan} variant="primary">
            Create plan
          </ButtonLink>
        }
      />
      <FilterBar
        search={{ value: search, label: 'Search plans', placeholder: 'Name' }}
        chips={[
          ...(search ? [{ label: `“${search}”`, removeTo: withParam(here, 'q', null) }] : []),
          ...(filter === 'offered'
            ? []
            : [{ label: filterLabels[filter], removeTo: withParam(here, 'state', null) }]),
        ]}
        clearTo={paths.admin.plans}
      >
        <FilterSelect
          label="Which plans"
          name="state"
          value={filter}
          options={planFilters.map((value) => ({ value, label: filterLabels[value] }))}
        />
      </FilterBar>
      <DataTable
        caption="Plans"
        columns={columns}
        rows={rows}
        rowKey={(plan) => plan.id}
        rowTo={(plan) => paths.admin.plan(plan.id)}
        empty={
          filtered ? (
            <EmptyState
              icon={SearchX}
              title="No plan matches"
              action={<TextLink to={paths.admin.plans}>Show the plans that are offered</TextLink>}
            />
          ) : (
            <EmptyState
              icon={Gauge}
              title="No plans yet"
              action={<ButtonLink to={paths.admin.newPlan}>Create plan</ButtonLink>}
            >
              Without a plan nobody can ask for access.
            </EmptyState>
          )
        }
      />
      <Pagination
        previousTo={previous && withParam(here, 'before', previous)}
        nextTo={next && withParam(here, 'after', next)}
      />
    </>
  )
}
