// Where the links of a list of organizations or teams lead: its address with something changed, on the first page again.
import type { PlaceOrder, PlaceSort } from '~/domain/organizations/lists'
import { sortParam } from '~/domain/organizations/lists'

type Address = (change: Record<string, string | null>) => string

export function listAddress(path: string, params: Record<string, string | null>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) if (value) search.set(name, value)
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** Names begin with A, times with the latest; a second press turns the order round. */
export function sorting(current: PlaceOrder, sort: PlaceSort, header: string, address: Address) {
  const isSorted = current.sort === sort
  const descending = isSorted ? !current.descending : sort === 'created'
  return {
    header,
    sortTo: address({ sort: sortParam({ sort, descending }) }),
    sorted: isSorted ? (current.descending ? ('desc' as const) : ('asc' as const)) : undefined,
  }
}
