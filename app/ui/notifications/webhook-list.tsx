// The endpoints of an owner.
import { Webhook as WebhookIcon } from 'lucide-react'
import { maxWebhooks } from '~/domain/notifications/webhook'
import { ButtonLink } from '~/ui/button'
import { countOf } from '~/ui/count-of'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'
import { WebhookBadge } from './webhook-badge'
import { WebhookName } from './webhook-name'
import type { WebhookPlace } from './webhook-place'

type Row = {
  id: string
  name: string
  url: string
  allEvents: boolean
  eventTypes: readonly string[]
  state: 'active' | 'paused'
  failures: number
  lastAt: number | null
}

const descriptions = {
  portal: 'Programs that are told of what happens in the portal, as soon as it happens.',
  organization:
    'Programs of yours that are told of what happens to the apps, keys, quotas, requests and members of your organization.',
}

type WebhookListProps = { place: WebhookPlace; webhooks: readonly Row[]; now: number }

export function WebhookList({ place, webhooks, now }: WebhookListProps) {
  const isFull = webhooks.length >= maxWebhooks[place.scope]
  return (
    <>
      <PageHeader
        title="Webhooks"
        breadcrumbs={place.above}
        description={descriptions[place.scope]}
        actions={
          isFull ? (
            <span className="text-sm text-muted">No more than {maxWebhooks[place.scope]}</span>
          ) : (
            <ButtonLink to={place.to.add} variant="primary">
              Add webhook
            </ButtonLink>
          )
        }
      />
      <DataTable
        caption="Webhooks"
        columns={columns(now)}
        rows={webhooks}
        rowKey={(row) => row.id}
        rowTo={(row) => place.to.one(row.id)}
        empty={
          <EmptyState
            icon={WebhookIcon}
            title="No webhooks yet"
            action={<ButtonLink to={place.to.add}>Add webhook</ButtonLink>}
          >
            Enter an address, and each event is posted there as JSON, signed as Standard Webhooks says.
          </EmptyState>
        }
      />
    </>
  )
}

function columns(now: number): Column<Row>[] {
  return [
    {
      key: 'name',
      header: 'Webhook',
      cell: (row) => <WebhookName name={row.name} address={row.url} />,
    },
    {
      key: 'events',
      header: 'Events',
      cell: (row) => <span className="whitespace-nowrap">{eventsOf(row)}</span>,
    },
    {
      key: 'state',
      header: 'Status',
      cell: (row) => <WebhookBadge state={row.state} failures={row.failures} />,
    },
    {
      key: 'last',
      header: 'Last event',
      cell: (row) => <DateTime value={row.lastAt} now={now} relative empty="None yet" />,
    },
  ]
}

function eventsOf({ allEvents, eventTypes }: Row): string {
  return allEvents ? 'All' : countOf(eventTypes.length, 'event', 'events')
}
