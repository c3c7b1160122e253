// How the admins' list of apps is narrowed and ordered: all of it comes from the list's address, and goes back into it.
import { type OrganizationId, parseId } from '~/domain/kernel/ids'
import { orderOf, type PlaceOrder, searchOf } from '~/domain/organizations/lists'

/** `active` holds a key that works, `pending` waits for its first one, `none` does neither. */
export const appStates = ['active', 'pending', 'none', 'frozen'] as const
export type AppState = (typeof appStates)[number]

export const appStateLabels: Record<AppState, string> = {
  active: 'Active',
  pending: 'Pending',
  none: 'No access',
  frozen: 'Frozen',
}

export type AppListFilter = PlaceOrder & {
  search: string
  organizationId: OrganizationId | null
  state: AppState | null
}

type AppFacts = { frozenAt: number | null; workingKeys: number; pendingRequests: number }

/** What stands still counts as frozen, whatever it holds. */
export function appStateOf(app: AppFacts): AppState {
  if (app.frozenAt !== null) return 'frozen'
  if (app.workingKeys > 0) return 'active'
  return app.pendingRequests > 0 ? 'pending' : 'none'
}

/** Anything that is not known counts as no filter. Newest first unless `sort` says another order. */
export function appListFilter(params: URLSearchParams): AppListFilter {
  return {
    ...orderOf(params),
    search: searchOf(params),
    organizationId: parseId('org', params.get('organization') ?? undefined),
    state: appStates.find((known) => known === params.get('state')) ?? null,
  }
}
