// How the admins' list of access requests is narrowed and ordered: all of it comes from the list's address, and goes back
// into it.
import { type Id, type OrganizationId, parseId } from '~/domain/kernel/ids'
import { type AccessRequestState, accessRequestStates } from './access-request'

const requestSorts = ['created', 'app', 'organization', 'plan'] as const
export type RequestSort = (typeof requestSorts)[number]

export type RequestListFilter = {
  state: AccessRequestState | null
  catalogId: Id<'cat'> | null
  planId: Id<'pln'> | null
  organizationId: OrganizationId | null
  search: string
  sort: RequestSort
  descending: boolean
}

/** Anything that is not known counts as no filter. Newest first unless `sort` says another order. */
export function requestListFilter(params: URLSearchParams): RequestListFilter {
  const order = params.get('sort') ?? ''
  const sort = requestSorts.find((known) => known === order.replace(/^-/, ''))
  return {
    state: accessRequestStates.find((known) => known === params.get('state')) ?? null,
    catalogId: parseId('cat', params.get('catalog') ?? undefined),
    planId: parseId('pln', params.get('plan') ?? undefined),
    organizationId: parseId('org', params.get('organization') ?? undefined),
    search: (params.get('q') ?? '').trim().slice(0, 100),
    sort: sort ?? 'created',
    descending: sort ? order.startsWith('-') : true,
  }
}

/** The parameter `sort` of an order; null for the one that needs none. */
export function requestSortParam(sort: RequestSort, descending: boolean): string | null {
  if (sort === 'created' && descending) return null
  return descending ? `-${sort}` : sort
}
