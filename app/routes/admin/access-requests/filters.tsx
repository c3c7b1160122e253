// Search and filters of the list of access requests, and their chips.
import { accessRequestStateLabels, accessRequestStates } from '~/domain/access-requests/access-request'
import { type RequestListFilter, requestSortParam } from '~/domain/access-requests/request-list'
import { paths } from '~/platform/paths'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'

type Choice = { id: string; name: string }

type RequestFiltersProps = {
  page: { catalogs: readonly Choice[]; plans: readonly Choice[]; organization: Choice | null }
  filter: RequestListFilter
  address: (change: Record<string, string | null>) => string
}

export function isNarrowed({ search, state, catalogId, planId, organizationId }: RequestListFilter): boolean {
  return [search, state, catalogId, planId, organizationId].some(Boolean)
}

export function RequestFilters({ page, filter, address }: RequestFiltersProps) {
  const { search, state, catalogId, planId, organizationId } = filter
  const order = requestSortParam(filter.sort, filter.descending)
  const nameIn = (list: readonly Choice[], id: string) => list.find((one) => one.id === id)?.name
  const chips = [
    search && { label: `“${search}”`, removeTo: address({ q: null }) },
    state && { label: accessRequestStateLabels[state], removeTo: address({ state: null }) },
    catalogId && {
      label: nameIn(page.catalogs, catalogId) ?? 'Unknown catalog',
      removeTo: address({ catalog: null }),
    },
    planId && {
      label: `Plan ${nameIn(page.plans, planId) ?? 'unknown'}`,
      removeTo: address({ plan: null }),
    },
    organizationId && {
      label: page.organization?.name ?? 'Unknown organization',
      removeTo: address({ organization: null }),
    },
  ].filter((chip) => chip !== null && chip !== '')
  return (
    <FilterBar
      search={{
        value: search,
        label: 'Search access requests',
        placeholder: 'App, organization, person or product',
      }}
      chips={chips}
      clearTo={paths.admin.accessRequests}
      keep={{
        ...(organizationId ? { organization: organizationId } : {}),
        ...(order ? { sort: order } : {}),
      }}
    >
      <FilterSelect
        label="Status"
        name="state"
        value={state}
        any="Any status"
        options={accessRequestStates.map((value) => ({ value, label: accessRequestStateLabels[value] }))}
      />
      <FilterSelect
        label="Catalog"
        name="catalog"
        value={catalogId}
        any="Any catalog"
        options={page.catalogs.map(asOption)}
      />
      <FilterSelect
        label="Plan"
        name="plan"
        value={planId}
        any="Any plan"
        options={page.plans.map(asOption)}
      />
    </FilterBar>
  )
}

function asOption({ id, name }: Choice) {
  return { value: id, label: name }
}
