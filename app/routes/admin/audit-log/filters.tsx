// The filters of the audit log.
import {
  type AuditLogFilter,
  eventTypeLabel,
  eventTypeOptions,
  timeZones,
} from '~/domain/notifications/audit-log'
import { paths } from '~/platform/paths'
import { FilterBar, type FilterChip, FilterDate, FilterSelect } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'

type AuditLogData = {
  filter: AuditLogFilter
  address: string
  actorName: string | null
  organizationName: string | null
}

export function isNarrowed(data: AuditLogData): boolean {
  return chipsOf(data).length > 0
}

export function AuditLogFilters({ data }: { data: AuditLogData }) {
  const { filter } = data
  const { actor, subject, organization } = filter
  const kept = Object.entries({ actor, subject, organization })
  return (
    <FilterBar
      search={{ value: filter.search, label: 'Search names, addresses and ids', placeholder: 'Search' }}
      chips={chipsOf(data)}
      clearTo={paths.admin.auditLog}
      keep={Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== null))}
    >
      <FilterSelect
        label="What happened"
        name="type"
        value={filter.type ?? filter.area ?? ''}
        options={[{ value: '', label: 'Anything' }, ...eventTypeOptions]}
      />
      <FilterDate label="From" name="from" value={filter.from} />
      <FilterDate label="To" name="to" value={filter.to} />
      <FilterSelect label="Time zone of the days" name="zone" value={filter.zone} options={timeZones} />
    </FilterBar>
  )
}

function chipsOf({ filter, address, actorName, organizationName }: AuditLogData): FilterChip[] {
  const { type, area, actor, subject, organization, from, to, zone, search } = filter
  const zoneLabel = timeZones.find((known) => known.value === zone)?.label ?? 'UTC'
  const chip = (label: string, name: string) => ({ label, removeTo: withParam(address, name, null) })
  return [
    ...(type ? [chip(eventTypeLabel(type), 'type')] : []),
    ...(area ? [chip(`${eventTypeLabel(area)}: anything`, 'type')] : []),
    ...(actor ? [chip(`By ${actorName}`, 'actor')] : []),
    ...(subject ? [chip(`About ${subject}`, 'subject')] : []),
    ...(organization ? [chip(`In ${organizationName}`, 'organization')] : []),
    ...(from ? [chip(`From ${from} (${zoneLabel})`, 'from')] : []),
    ...(to ? [chip(`To ${to} (${zoneLabel})`, 'to')] : []),
    ...(search ? [chip(`“${search}”`, 'q')] : []),
  ]
}
