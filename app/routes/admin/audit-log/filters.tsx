// The filters of the audit log.
import { type AuditLogFilter, eventTypeLabel, eventTypeOptions } from '~/domain/notifications/audit-log'
import { paths } from '~/platform/paths'
import { FilterBar, type FilterChip, FilterSelect } from '~/ui/filter-bar'
import { DayFilters, dayChips } from '~/ui/notifications/day-filters'
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
        value={filter.type ?? filter.area}
        any="Anything"
        options={eventTypeOptions}
        alone
      />
      <DayFilters range={filter} />
    </FilterBar>
  )
}

function chipsOf({ filter, address, actorName, organizationName }: AuditLogData): FilterChip[] {
  const { type, area, actor, subject, organization, search } = filter
  const chip = (label: string, name: string) => ({ label, removeTo: withParam(address, name, null) })
  return [
    ...(type ? [chip(eventTypeLabel(type), 'type')] : []),
    ...(area ? [chip(`${eventTypeLabel(area)}: anything`, 'type')] : []),
    ...(actor ? [chip(`By ${actorName}`, 'actor')] : []),
    ...(subject ? [chip(`About ${subject}`, 'subject')] : []),
    ...(organization ? [chip(`In ${organizationName}`, 'organization')] : []),
    ...dayChips(filter, address),
    ...(search ? [chip(`“${search}”`, 'q')] : []),
  ]
}
