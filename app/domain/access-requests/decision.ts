// What a lost race or a late click is told: what happened to the request, and by whom; and the names that its events carry.
import { type DomainError, domainError } from '~/domain/kernel/errors'
import type { EventData } from '~/domain/kernel/events'
import type { AccessRequestState } from './access-request'

export function alreadyDecided(request: {
  state: AccessRequestState
  deciderName: string | null
}): DomainError {
  const by = request.deciderName ? ` by ${request.deciderName}` : ''
  const message =
    request.state === 'pending'
      ? 'This request still waits for a decision, so there is no access to revoke.'
      : `This request was already ${request.state}${by}.`
  return domainError('already_decided', message)
}

type Names = {
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
