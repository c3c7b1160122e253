import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { ScrollText } from 'lucide-react'
import { pageRequest } from '~/domain/kernel/page'
import { eventTypeLabel } from '~/domain/notifications/audit-log'
import { describeEvent } from '~/domain/notifications/describe-event'
import {
  type ActivityFilter,
  activityFilter,
  activityPeriods,
  activityTypes,
} from '~/domain/notifications/organization-activity'
import { listActivity } from '~/domain/notifications/queries-activity.server'
import { requireSuperAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { ExportLink } from '~/ui/export-link'
import { FilterBar, type FilterChip, FilterSelect } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Activity' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = activityFilter(params)
  const { rows, next, previous, people } = await listActivity(ctx, { ...filter, page: pageRequest(params) })
  const address = addressOf(paths.dashboard.activity, filter)
  return {
    now: ctx.now,
    filter,
    address,
    exportTo: addressOf(paths.dashboard.activityExport, filter),
    people,
    actorName: people.find((person) => person.id === filter.actor)?.name ?? rows[0]?.actorLabel ?? 'somebody',
    entries: rows.map((event) => ({
      id: event.id,
      type: event.type,
      at: event.createdAt,
      actor: event.actorLabel,
      actorId: event.actorType === 'developer' ? event.actorId : null,
      sentence: describeEvent(event),
      from: [event.ip, event.country].filter(Boolean).join(' · '),
      userAgent: event.userAgent,
    })),
    nextTo: next && withParam(address, 'after', next),
    previousTo: previous && withParam(address, 'before', previous),
  }
}

function addressOf(path: string, filter: ActivityFilter): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function ActivityPage() {
  const data = useLoaderData<typeof loader>()
  const { filter, address, people, entries } = data
  const chips = chipsOf(data)
  return (
    <>
      <PageHeader
        title="Activity"
        description="Who invited, removed, revealed, rotated or requested what, when and from where."
        actions={<ExportLink to={data.exportTo} />}
      />
      <FilterBar chips={chips} clearTo={paths.dashboard.activity}>
        <FilterSelect
          label="What happened"
          name="type"
          value={filter.type}
          any="Anything"
          options={activityTypes.map((type) => ({ value: type, label: eventTypeLabel(type) }))}
        />
        <FilterSelect
          label="Who did it"
          name="actor"
          value={filter.actor}
          any="Anybody"
          options={[
            ...people.map(({ id, name }) => ({ value: id, label: name })),
            ...(filter.actor && !people.some((person) => person.id === filter.actor)
              ? [{ value: filter.actor, label: data.actorName }]
              : []),
          ]}
        />
        <FilterSelect
          label="When"
          name="period"
          value={filter.period}
          any="Any time"
          options={activityPeriods}
        />
      </FilterBar>
      <DataTable
        caption="Activity, newest first"
        columns={columns(data.now, address)}
        rows={entries}
        rowKey={(entry) => entry.id}
        empty={
          <EmptyState
            icon={ScrollText}
            title={chips.length > 0 ? 'Nothing found' : 'Nothing has happened yet'}
            action={chips.length > 0 && <TextLink to={paths.dashboard.activity}>Clear all filters</TextLink>}
          >
            {chips.length > 0
              ? 'Nothing matches these filters.'
              : 'What people of your organization do is listed here.'}
          </EmptyState>
        }
      />
      <Pagination previousTo={data.previousTo} nextTo={data.nextTo} />
    </>
  )
}

function chipsOf({ filter, address, actorName }: Loaded): FilterChip[] {
  const period = activityPeriods.find((known) => known.value === filter.period)
  return [
    ...(filter.type
      ? [{ label: eventTypeLabel(filter.type), removeTo: withParam(address, 'type', null) }]
      : []),
    ...(filter.actor ? [{ label: `By ${actorName}`, removeTo: withParam(address, 'actor', null) }] : []),
    ...(period ? [{ label: period.label, removeTo: withParam(address, 'period', null) }] : []),
  ]
}

function columns(now: number, address: string): Column<Loaded['entries'][number]>[] {
  return [
    { key: 'when', header: 'When', cell: (entry) => <DateTime value={entry.at} now={now} /> },
    {
      key: 'who',
      header: 'Who',
      cell: (entry) =>
        entry.actorId ? (
          <TextLink
            to={withParam(address, 'actor', entry.actorId)}
            plain
            className="block md:min-w-24"
            title={`Only what ${entry.actor} did`}
          >
            {entry.actor}
          </TextLink>
        ) : (
          <span className="block text-muted md:min-w-24">{entry.actor}</span>
        ),
    },
    { key: 'what', header: 'What', cell: (entry) => <span className="wrap-anywhere">{entry.sentence}</span> },
    {
      key: 'from',
      header: 'From',
      hideOnPhone: true,
      cell: (entry) => (
        <span className="font-mono text-sm text-muted" title={entry.userAgent ?? undefined}>
          {entry.from || '–'}
        </span>
      ),
    },
  ]
}
