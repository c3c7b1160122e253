// How the audit log is filtered: by what happened, who did it, what it was about, where and when, and by words. All of it
// comes from the list's address.
import { type EventType, eventTypes } from '~/domain/kernel/events'
import type { OrganizationId } from '~/domain/kernel/ids'

export type AuditLogFilter = {
  type: EventType | null
  /** What types begin with: `user` for everything about users. */
  area: string | null
  actor: string | null
  subject: string | null
  organization: OrganizationId | null
  /** Days (`2026-03-05`), both included, as they begin and end in `zone`. */
  from: string | null
  to: string | null
  zone: string
  search: string
}

export const eventAreas = [...new Set(eventTypes.map((type) => type.slice(0, type.indexOf('.'))))]

const utc = 'Z'

/** By offset, because a day of the log has to mean the same to whoever opens the address. */
export const timeZones = [
  ...[-12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1].map((hours) => ({
    value: `-${String(-hours).padStart(2, '0')}:00`,
    label: `UTC−${-hours}`,
  })),
  { value: utc, label: 'UTC' },
  ...[1, 2, 3, 4, 5, 5.5, 6, 7, 8, 9, 9.5, 10, 11, 12, 13, 14].map((hours) => ({
    value: `+${String(Math.floor(hours)).padStart(2, '0')}:${hours % 1 === 0 ? '00' : '30'}`,
    label: `UTC+${Math.floor(hours)}${hours % 1 === 0 ? '' : ':30'}`,
  })),
]

/** Anything that is not a known type, an id, a day or a zone counts as no filter. */
export function auditLogFilter(params: URLSearchParams): AuditLogFilter {
  const what = params.get('type')
  const organization = idIn(params, 'organization')
  return {
    type: eventTypes.find((known) => known === what) ?? null,
    area: eventAreas.find((known) => known === what) ?? null,
    actor: idIn(params, 'actor'),
    subject: idIn(params, 'subject') ?? (params.get('subject') === 'general' ? 'general' : null),
    organization: organization?.startsWith('org_') ? (organization as OrganizationId) : null,
    ...daysIn(params),
    search: (params.get('q') ?? '').trim().slice(0, 200),
  }
}

export type DayRange = Pick<AuditLogFilter, 'from' | 'to' | 'zone'>

/** Two days and the zone in which they begin and end. */
export function daysIn(params: URLSearchParams): DayRange {
  const zone = params.get('zone')
  return {
    from: dayIn(params, 'from'),
    to: dayIn(params, 'to'),
    zone: timeZones.find((known) => known.value === zone)?.value ?? utc,
  }
}

/** The same as parameters of an address: a zone without a day says nothing. */
export function dayParams({ from, to, zone }: DayRange): Record<string, string | null> {
  return { from, to, zone: (from !== null || to !== null) && zone !== utc ? zone : null }
}

/** The same filter as parameters of an address. */
export function auditLogParams(filter: AuditLogFilter): Record<string, string> {
  const { type, area, actor, subject, organization, search } = filter
  const given = { type: type ?? area, actor, subject, organization, ...dayParams(filter), q: search || null }
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => !!entry[1]))
}

const dayMs = 86_400_000

/** From the first moment of `from` until before the first moment after `to`. */
export function periodOf({ from, to, zone }: DayRange) {
  const begin = (day: string) => Date.parse(`${day}T00:00:00${zone}`)
  return { since: from === null ? null : begin(from), until: to === null ? null : begin(to) + dayMs }
}

function idIn(params: URLSearchParams, name: string): string | null {
  const value = params.get(name)
  return value && /^[a-z]+_[0-9A-Za-z_]{1,40}$/.test(value) ? value : null
}

function dayIn(params: URLSearchParams, name: string): string | null {
  const value = params.get(name) ?? ''
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) ? value : null
}

/** `access_request.approved` → "Access request approved". */
export function eventTypeLabel(type: string): string {
  const words = type.replace(/[._]/g, ' ').replace(/^api\b/, 'API')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** For the filter: each area, and below it what can happen there. */
export const eventTypeOptions = eventAreas.flatMap((area) => [
  { value: area, label: `${eventTypeLabel(area)}: anything` },
  ...eventTypes
    .filter((type) => type.startsWith(`${area}.`))
    .map((type) => ({ value: type, label: eventTypeLabel(type) })),
])
