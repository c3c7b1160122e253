// What a lost race or a late click is told: what happened to the request, and by whom; and the names that its events carry.
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { EventData } from '~/domain/kernel/events'
import type { AccessRequestState } from './access-request'

export function alreadyDecided(request: {
  state: AccessRequestState
  deciderName: string | null
}): DomainError {
  const by = request.deciderName ? ` by ${request.deciderName}` : ''
  return domainError('already_decided', messageOf(request.state, by))
}

/** What stands in the way of an approval, as far as the request itself says; or null. */
export function whyNotApproved(request: {
  state: AccessRequestState
  deciderName: string | null
  changes: { inForce: boolean } | null
}): DomainError | null {
  if (request.state !== 'pending') return alreadyDecided(request)
  if (request.changes && !request.changes.inForce) {
    return domainError(
      'conflict',
      'The access whose plan this request would change has ended. Reject the request: access can be asked for anew.',
    )
  }
  return null
}

function messageOf(state: AccessRequestState, by: string): string {
  if (state === 'pending') return 'This request still waits for a decision, so there is no access to revoke.'
  if (state === 'retired') return 'This access has ended: another plan took its place.'
  return `This request was already ${state}${by}.`
}

export type Names = {
  appName: string
  products: string[]
  planName: string
  catalogName: string
  requesterName: string | null
}

export function requestEventData(names: Names, more: EventData = {}): EventData {
  return {
    app: names.appName,
    products: names.products,
    plan: names.planName,
    catalog: names.catalogName,
    requester: names.requesterName,
    ...more,
  }
}
