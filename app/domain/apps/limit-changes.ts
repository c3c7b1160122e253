// What changed in the limits of a credential: as its event keeps it, and in words.
import type { EventData } from '~/domain/kernel/events'

export type LimitState = {
  name: string
  ipRanges: string[]
  methods: string[]
  paths: string[]
  notBefore: number | null
  ownExpiresAt: number | null
}

const labels = {
  name: 'name',
  ipRanges: 'allowed addresses',
  methods: 'allowed methods',
  paths: 'allowed paths',
  notBefore: 'works from',
  ownExpiresAt: 'stops working at',
} as const satisfies Record<keyof LimitState, string>

const keys = Object.keys(labels) as (keyof LimitState)[]

/** Each field that differs, and under `…Before` what it was. Empty when nothing does. */
export function limitChanges(before: LimitState, after: LimitState): EventData {
  return Object.fromEntries(
    keys
      .map((key) => ({ key, was: kept(before[key]), is: kept(after[key]) }))
      .filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is))
      .flatMap(({ key, was, is }) => [
        [key, is],
        [`${key}Before`, was],
      ]),
  )
}

/** Such as `allowed methods from any to GET, HEAD`. */
export function describeLimitChanges(data: EventData): string {
  return keys
    .filter((key) => `${key}Before` in data)
    .map((key) => `${labels[key]} from ${words(key, data[`${key}Before`])} to ${words(key, data[key])}`)
    .join('; ')
}

/** Moments as text, so that the audit log reads well. */
function kept(value: string | string[] | number | null): string | string[] | null {
  return typeof value === 'number' ? new Date(value).toISOString() : value
}

function words(key: keyof LimitState, value: EventData[string] | undefined): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'any'
    return value.length <= 4
      ? value.join(', ')
      : `${value.slice(0, 3).join(', ')} and ${value.length - 3} more`
  }
  if (typeof value !== 'string') return key === 'notBefore' ? 'the start' : 'the plan’s end'
  return key === 'name' ? `“${value}”` : `${value.slice(0, 16).replace('T', ' ')} UTC`
}
