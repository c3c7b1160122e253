// What was sent to an endpoint, newest first; what failed can be sent again, one by one on its page or all since a moment.
import { Form } from '@remix-run/react'
import { History } from 'lucide-react'
import type { DeliveryState } from '~/domain/notifications/deliveries'
import { failedSince, failedSinceLabels } from '~/domain/notifications/webhook'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { SelectControl } from '~/ui/field'
import { Pagination } from '~/ui/pagination'
import { TextLink } from '~/ui/text-link'
import { DeliveryStateBadge } from './delivery-state'
import { withParam } from './list-address'
import type { WebhookPlace } from './webhook-place'

export type LoggedDelivery = {
  id: string
  what: string
  type: string
  state: DeliveryState
  stateLabel: string
  attempts: number
  nextAttemptAt: number
  lastError: string | null
  createdAt: number
}

type WebhookLogProps = {
  place: WebhookPlace
  webhook: { id: string; state: 'active' | 'paused' }
  now: number
  failedOnly: boolean
  deliveries: readonly LoggedDelivery[]
  next: string | null
  previous: string | null
}

export function WebhookLog(props: WebhookLogProps) {
  const { place, webhook, now, failedOnly, deliveries, next, previous } = props
  const here = place.to.one(webhook.id)
  const address = withParam(here, 'show', failedOnly ? 'failed' : null)
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex flex-wrap items-baseline gap-x-4">
          <h2 className="text-md font-semibold">Deliveries</h2>
          {failedOnly ? (
            <TextLink to={here}>Show all</TextLink>
          ) : (
            <TextLink to={withParam(here, 'show', 'failed')}>Failed only</TextLink>
          )}
        </div>
        {webhook.state === 'active' && <SendFailed to={place.to.sendFailed(webhook.id)} />}
      </div>
      <DataTable
        caption="Deliveries to this webhook, newest first"
        columns={columns(now)}
        rows={deliveries}
        rowKey={(delivery) => delivery.id}
        rowTo={(delivery) => place.to.delivery(webhook.id, delivery.id)}
        empty={
          failedOnly ? (
            <EmptyState
              icon={History}
              title="Nothing has failed"
              action={<ButtonLink to={here}>Show all</ButtonLink>}
            >
              What could not be delivered would be listed here.
            </EmptyState>
          ) : (
            <EmptyState icon={History} title="Nothing was sent yet">
              Send a test event, or wait until something happens.
            </EmptyState>
          )
        }
      />
      <Pagination
        previousTo={previous && withParam(address, 'before', previous)}
        nextTo={next && withParam(address, 'after', next)}
      />
    </section>
  )
}

function SendFailed({ to }: { to: string }) {
  return (
    <Form method="post" action={to} className="flex flex-wrap items-center gap-2">
      <SelectControl
        name="since"
        aria-label="Failed since"
        defaultValue="day"
        options={failedSince.map((value) => ({ value, label: failedSinceLabels[value] }))}
      />
      <SubmitButton variant="secondary">Send all failed again</SubmitButton>
    </Form>
  )
}

function columns(now: number): Column<LoggedDelivery>[] {
  return [
    {
      key: 'what',
      header: 'Event',
      cell: (delivery) => (
        <span className="flex min-w-0 flex-col">
          <span>{delivery.what}</span>
          <code className="text-xs font-normal text-muted">{delivery.type}</code>
        </span>
      ),
    },
    {
      key: 'state',
      header: 'Status',
      cell: (delivery) => (
        <span className="flex min-w-36 flex-col items-start gap-1 md:max-w-120">
          <DeliveryStateBadge state={delivery.state} label={delivery.stateLabel} />
          {delivery.lastError && (
            <span className="line-clamp-2 text-sm text-muted wrap-anywhere">{delivery.lastError}</span>
          )}
          {delivery.state === 'pending' && delivery.nextAttemptAt > now && (
            <span className="text-sm text-muted">
              Next attempt <DateTime value={delivery.nextAttemptAt} now={now} relative />
            </span>
          )}
        </span>
      ),
    },
    { key: 'attempts', header: 'Attempts', align: 'right', cell: (delivery) => delivery.attempts },
    {
      key: 'when',
      header: 'When',
      cell: (delivery) => <DateTime value={delivery.createdAt} now={now} relative />,
    },
  ]
}
