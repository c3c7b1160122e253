// How the list of users is narrowed and ordered: all of it comes from the list's address, and goes back into it.
import { type OrganizationId, parseId, type TeamId } from '~/domain/kernel/ids'
import { type OrgRole, orgRoles, type UserFilter, userFilters } from './account'

const userSorts = ['name', 'registered', 'last-login'] as const
export type UserSort = (typeof userSorts)[number]

export type UserListFilter = {
  search: string
  state: UserFilter | null
  organizationId: OrganizationId | null
  teamId: TeamId | null
  orgRole: OrgRole | null
  sort: UserSort
  descending: boolean
  /** Narrows the organizations that one can choose from. */
  find: string
}

/** Anything that is not known counts as no filter. Newest first unless `sort` says another order. */
export function userListFilter(params: URLSearchParams): UserListFilter {
  const text = (name: string, max: number) => (params.get(name) ?? '').trim().slice(0, max)
  const order = text('sort', 20)
  const sort = userSorts.find((known) => known === order.replace(/^-/, ''))
  return {
    search: text('q', 200),
    state: userFilters.find((known) => known === params.get('state')) ?? null,
    organizationId: parseId('org', params.get('organization') ?? undefined),
    teamId: parseId('team', params.get('team') ?? undefined),
    orgRole: orgRoles.find((known) => known === params.get('role')) ?? null,
    sort: sort ?? 'registered',
    descending: sort ? order.startsWith('-') : true,
    find: text('find', 80),
  }
}

/** The parameter `sort` of an order; null for the one that needs none. */
export function sortParam(sort: UserSort, descending: boolean): string | null {
  if (sort === 'registered' && descending) return null
  return descending ? `-${sort}` : sort
}
