// How the list of deliveries is filtered: by status, channel, address and day. All of it comes from the list's address.
import { type DayRange, dayParams, daysIn } from './audit-log'
import {
  type DeliveryChannel,
  type DeliveryState,
  deliveryChannels,
  deliveryStateLabels,
  deliveryStates,
} from './deliveries'

/** What somebody called off is `failed` for the machine, and something else for people. */
export const deliveryStatuses = [...deliveryStates, 'cancelled'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

export const deliveryStatusLabels: Record<DeliveryStatus, string> = {
  ...(deliveryStateLabels satisfies Record<DeliveryState, string>),
  cancelled: 'Cancelled',
}

export type DeliveryFilter = DayRange & {
  state: DeliveryStatus | null
  channel: DeliveryChannel | null
  /** The beginning of an address. */
  search: string
}

/** Anything that is not known counts as no filter. */
export function deliveryFilter(params: URLSearchParams): DeliveryFilter {
  return {
    state: deliveryStatuses.find((known) => known === params.get('state')) ?? null,
    channel: deliveryChannels.find((known) => known === params.get('channel')) ?? null,
    search: (params.get('q') ?? '').trim().slice(0, 200),
    ...daysIn(params),
  }
}

/** The same filter as parameters of an address. */
export function deliveryParams(filter: DeliveryFilter): Record<string, string> {
  const given = {
    state: filter.state,
    channel: filter.channel,
    q: filter.search || null,
    ...dayParams(filter),
  }
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => !!entry[1]))
}

/** What one press sends again: each gets an event of its own, and D1 takes so much in one batch. */
export const maxDeliveriesAtOnce = 200
