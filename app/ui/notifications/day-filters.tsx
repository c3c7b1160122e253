// Two days and their time zone, as filters of a list and as its chips.
import { type DayRange, timeZones } from '~/domain/notifications/audit-log'
import { type FilterChip, FilterDate, FilterSelect } from '~/ui/filter-bar'
import { withParam } from './list-address'

export function DayFilters({ range }: { range: DayRange }) {
  return (
    // One thing: the days go to the next line together.
    <span className="contents gap-2 sm:flex">
      <FilterDate label="From" name="from" value={range.from} />
      <FilterDate label="To" name="to" value={range.to} />
      <FilterSelect label="Time zone of the days" name="zone" value={range.zone} options={timeZones} />
    </span>
  )
}

export function dayChips({ from, to, zone }: DayRange, address: string): FilterChip[] {
  const zoneLabel = timeZones.find((known) => known.value === zone)?.label ?? 'UTC'
  return [
    ...(from ? [{ label: `From ${from} (${zoneLabel})`, removeTo: withParam(address, 'from', null) }] : []),
    ...(to ? [{ label: `To ${to} (${zoneLabel})`, removeTo: withParam(address, 'to', null) }] : []),
  ]
}
