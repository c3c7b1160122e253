// How the admins' lists of organizations and teams are narrowed and ordered: all of it comes from the list's address, and
// goes back into it.
import { type OrganizationId, parseId } from '~/domain/kernel/ids'
import { type OrganizationState, organizationStates } from './organization'

export const placeSorts = ['name', 'created'] as const
export type PlaceSort = (typeof placeSorts)[number]

export type PlaceOrder = { sort: PlaceSort; descending: boolean }

export type OrganizationListFilter = PlaceOrder & { search: string; state: OrganizationState | null }

export type TeamListFilter = PlaceOrder & { search: string; organizationId: OrganizationId | null }

/** Anything that is not known counts as no filter. Newest first unless `sort` says another order. */
export function organizationListFilter(params: URLSearchParams): OrganizationListFilter {
  const state = organizationStates.find((known) => known === params.get('state')) ?? null
  return { ...orderOf(params), search: searchOf(params), state }
}

export function teamListFilter(params: URLSearchParams): TeamListFilter {
  return {
    ...orderOf(params),
    search: searchOf(params),
    organizationId: parseId('org', params.get('organization') ?? undefined),
  }
}

/** The parameter `sort` of an order; null for the one that needs none. */
export function sortParam({ sort, descending }: PlaceOrder): string | null {
  if (sort === 'created' && descending) return null
  return descending ? `-${sort}` : sort
}

export function orderOf(params: URLSearchParams): PlaceOrder {
  const order = params.get('sort') ?? ''
  const sort = placeSorts.find((known) => known === order.replace(/^-/, ''))
  return sort ? { sort, descending: order.startsWith('-') } : { sort: 'created', descending: true }
}

export function searchOf(params: URLSearchParams): string {
  return (params.get('q') ?? '').trim().slice(0, 200)
}
