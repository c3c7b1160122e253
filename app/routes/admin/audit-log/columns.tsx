// The columns of the audit log. The moment leads to the event, the sentence to what it is about, the name narrows the list.
import { Link } from '@remix-run/react'
import type { ShownEvent } from '~/platform/audit-rows'
import { paths } from '~/platform/paths'
import type { Column } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { withParam } from '~/ui/notifications/list-address'
import { TextLink } from '~/ui/text-link'

export function columns(now: number, address: string): Column<ShownEvent>[] {
  return [
    {
      key: 'when',
      header: 'When',
      cell: (entry) => (
        <TextLink to={paths.admin.auditEvent(entry.id)} plain aria-label={`Details: ${entry.sentence}`}>
          <DateTime value={entry.at} now={now} />
        </TextLink>
      ),
    },
    { key: 'who', header: 'Who', cell: (entry) => <Actor entry={entry} address={address} /> },
    {
      key: 'what',
      header: 'What',
      cell: (entry) => (
        <div className="flex min-w-56 flex-col items-start wrap-anywhere">
          {entry.subjectTo ? (
            <TextLink to={entry.subjectTo} quiet className="min-h-6">
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
        <span className="font-mono text-sm whitespace-nowrap text-muted" title={entry.userAgent ?? undefined}>
          {[entry.ip, entry.country].filter(Boolean).join(' · ') || '–'}
        </span>
      ),
    },
  ]
}

function Actor({ entry, address }: { entry: ShownEvent; address: string }) {
  if (!entry.actorId) return <span className="text-muted">{entry.actor}</span>
  return (
    <TextLink
      className="block md:min-w-24"
      to={withParam(address, 'actor', entry.actorId)}
      quiet
      title={`Only what ${entry.actor} did`}
    >
      {entry.actor}
    </TextLink>
  )
}
