import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Link, useLoaderData } from '@remix-run/react'
import { ScrollText } from 'lucide-react'
import { eventTypes } from '~/domain/kernel/events'
import { pageRequest } from '~/domain/kernel/page'
import { auditLogFilter, eventTypeLabel } from '~/domain/notifications/audit-log'
import { describeEvent } from '~/domain/notifications/describe-event'
import { type AuditEntry, listEvents } from '~/domain/notifications/queries-admin.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar, type FilterChip, FilterSelect } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Audit log' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = auditLogFilter(params)
  const { rows, next, previous } = await listEvents(ctx, { ...filter, page: pageRequest(params) })
  const address = `${paths.admin.auditLog}?${new URLSearchParams(cleanParams(filter))}`
  return {
    now: ctx.now,
    address,
    filter,
    actorName: filter.actor ? (rows[0]?.actorLabel ?? filter.actor) : null,
    entries: rows.map(toEntry),
    nextTo: next && withParam(address, 'after', next),
    previousTo: previous && withParam(address, 'before', previous),
  }
}

function cleanParams(filter: {
  type: string | null
  actor: string | null
  search: string
}): Record<string, string> {
  return {
    ...(filter.type ? { type: filter.type } : {}),
    ...(filter.actor ? { actor: filter.actor } : {}),
    ...(filter.search ? { q: filter.search } : {}),
  }
}

/** What the page shows of an event, and where its subject is. */
function toEntry(event: AuditEntry) {
  return {
    id: event.id,
    type: event.type,
    at: event.createdAt,
    actorId: event.actorId,
    actor: event.actorLabel,
    actorType: event.actorType,
    sentence: describeEvent(event),
    subjectTo: subjectPath(event),
    ip: event.ip,
    country: event.country,
    userAgent: event.userAgent,
  }
}

function subjectPath(event: AuditEntry): string | null {
  switch (event.subjectType) {
    case 'user':
      return paths.admin.user(event.subjectId)
    case 'organization':
      return paths.admin.organization(event.subjectId)
    case 'access_request':
      return paths.admin.accessRequest(event.subjectId)
    case 'settings':
      return paths.admin.settings
    case 'delivery':
      return paths.admin.deliveries
    default:
      return null
  }
}

type Entry = ReturnType<typeof toEntry>

export default function AuditLogPage() {
  const { now, address, filter, actorName, entries, nextTo, previousTo } = useLoaderData<typeof loader>()
  const chips: FilterChip[] = [
    ...(filter.type
      ? [{ label: eventTypeLabel(filter.type), removeTo: withParam(address, 'type', null) }]
      : []),
    ...(filter.actor ? [{ label: `By ${actorName}`, removeTo: withParam(address, 'actor', null) }] : []),
    ...(filter.search ? [{ label: `“${filter.search}”`, removeTo: withParam(address, 'q', null) }] : []),
  ]
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Everything that was done here: who, what, when and from where."
      />
      <FilterBar
        search={{ value: filter.search, label: 'Search names, addresses and ids', placeholder: 'Search' }}
        chips={chips}
        clearTo={paths.admin.auditLog}
        keep={filter.actor ? { actor: filter.actor } : {}}
      >
        <FilterSelect
          label="What happened"
          name="type"
          value={filter.type ?? ''}
          options={[
            { value: '', label: 'Anything' },
            ...eventTypes.map((type) => ({ value: type, label: eventTypeLabel(type) })),
          ]}
        />
      </FilterBar>
      <DataTable
        caption="Events, newest first"
        columns={columns(now, address)}
        rows={entries}
        rowKey={(entry) => entry.id}
        empty={<NoEvents filtered={chips.length > 0} />}
      />
      <Pagination previousTo={previousTo} nextTo={nextTo} />
    </>
  )
}

function columns(now: number, address: string): Column<Entry>[] {
  return [
    { key: 'when', header: 'When', cell: (entry) => <DateTime value={entry.at} now={now} /> },
    { key: 'who', header: 'Who', cell: (entry) => <Actor entry={entry} address={address} /> },
    {
      key: 'what',
      header: 'What',
      cell: (entry) => (
        <div className="flex min-w-56 flex-col items-start">
          {entry.subjectTo ? (
            <TextLink to={entry.subjectTo} plain className="min-h-6">
              {entry.sentence}
            </TextLink>
          ) : (
            <span>{entry.sentence}</span>
          )}
          <Link
            to={withParam(address, 'type', entry.type)}
            className="inline-flex min-h-6 items-center font-mono text-xs text-muted hover:underline"
          >
            {entry.type}
          </Link>
        </div>
      ),
    },
    {
      key: 'from',
      header: 'From',
      hideOnPhone: true,
      cell: (entry) => (
        <span className="font-mono text-sm text-muted" title={entry.userAgent ?? undefined}>
          {[entry.ip, entry.country].filter(Boolean).join(' · ') || '–'}
        </span>
      ),
    },
  ]
}

function Actor({ entry, address }: { entry: Entry; address: string }) {
  if (!entry.actorId) return <span className="text-muted">{entry.actor}</span>
  return (
    <TextLink to={withParam(address, 'actor', entry.actorId)} plain title={`Only what ${entry.actor} did`}>
      {entry.actor}
    </TextLink>
  )
}

function NoEvents({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState
      icon={ScrollText}
      title="Nothing found"
      action={<ButtonLink to={paths.admin.auditLog}>Clear all filters</ButtonLink>}
    >
      No event matches these filters.
    </EmptyState>
  ) : (
    <EmptyState icon={ScrollText} title="Nothing has happened yet">
      What people do in the portal is listed here.
    </EmptyState>
  )
}
