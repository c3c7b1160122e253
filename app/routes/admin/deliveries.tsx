import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { MailCheck } from 'lucide-react'
import { pageRequest } from '~/domain/kernel/page'
import { eventTypeLabel } from '~/domain/notifications/audit-log'
import {
  type DeliveryChannel,
  type DeliveryState,
  deliveryChannelLabels,
  deliveryChannels,
  deliveryStateLabel,
  deliveryStateLabels,
  deliveryStates,
  maxAttempts,
} from '~/domain/notifications/deliveries'
import { mailKind } from '~/domain/notifications/notifications'
import { type DeliveryRow, listDeliveries } from '~/domain/notifications/queries-admin.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { Badge, type Tone } from '~/ui/badge'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { type Column, DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { EmptyState } from '~/ui/empty-state'
import { FilterBar, FilterSelect } from '~/ui/filter-bar'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'

export const meta: MetaFunction = () => [{ title: 'Deliveries' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const state = deliveryStates.find((known) => known === params.get('state')) ?? null
  const channel = deliveryChannels.find((known) => known === params.get('channel')) ?? null
  const filter = { state, channel, page: pageRequest(params) }
  const { rows, next, previous } = await listDeliveries(ctx, filter)
  const address = withParam(withParam(paths.admin.deliveries, 'state', state), 'channel', channel)
  return {
    now: ctx.now,
    state,
    channel,
    address,
    deliveries: rows.map(toDelivery),
    nextTo: next && withParam(address, 'after', next),
    previousTo: previous && withParam(address, 'before', previous),
  }
}

function toDelivery(row: DeliveryRow) {
  return {
    id: row.id,
    recipient: recipientOf(row),
    what:
      row.channel === 'gateway'
        ? `Key${row.keyHint ? ` …${row.keyHint}` : ''}`
        : row.channel === 'webhook'
          ? eventTypeLabel(row.template)
          : (mailKind(row.template)?.label ?? row.template),
    channelLabel: deliveryChannelLabels[row.channel],
    event: eventTypeLabel(row.eventType),
    state: row.state,
    stateLabel: deliveryStateLabel(row),
    attempts: row.attempts,
    problem: row.lastError,
    nextAttemptAt: row.state === 'pending' && row.attempts > 0 ? row.nextAttemptAt : null,
    createdAt: row.createdAt,
    givenUp: row.state === 'failed' || row.state === 'dead',
  }
}

function recipientOf({ channel, recipientEmail, recipientKey, gatewayName }: DeliveryRow): string {
  if (channel === 'gateway') return gatewayName ?? 'Removed gateway'
  return recipientEmail ?? (recipientKey.startsWith('usr_') ? 'Deleted user' : recipientKey)
}

type Delivery = ReturnType<typeof toDelivery>

export default function DeliveriesPage() {
  const { now, state, channel, address, deliveries, nextTo, previousTo } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Deliveries"
        description="Each mail that the portal owes somebody, and each key that an external gateway has to be told of. What could not be delivered is tried again by itself, and by you once it is given up."
      />
      <FilterBar
        chips={[
          ...(state
            ? [{ label: deliveryStateLabels[state], removeTo: withParam(address, 'state', null) }]
            : []),
          ...(channel
            ? [{ label: deliveryChannelLabels[channel], removeTo: withParam(address, 'channel', null) }]
            : []),
        ]}
        clearTo={paths.admin.deliveries}
      >
        <FilterSelect
          label="Status"
          name="state"
          value={state ?? ''}
          options={[
            { value: '', label: 'Any status' },
            ...deliveryStates.map((value) => ({ value, label: deliveryStateLabels[value] })),
          ]}
        />
        <FilterSelect
          label="Channel"
          name="channel"
          value={channel ?? ''}
          options={[
            { value: '', label: 'Any channel' },
            ...deliveryChannels.map((value) => ({ value, label: deliveryChannelLabels[value] })),
          ]}
        />
      </FilterBar>
      <DataTable
        caption="Deliveries, newest first"
        columns={columns(now, { state, channel })}
        rows={deliveries}
        rowKey={(delivery) => delivery.id}
        empty={<NoDeliveries filtered={state !== null || channel !== null} />}
      />
      <Pagination previousTo={previousTo} nextTo={nextTo} />
    </>
  )
}

const tones: Record<DeliveryState, Tone> = {
  pending: 'amber',
  sending: 'blue',
  sent: 'green',
  failed: 'red',
  dead: 'red',
}

type Filter = { state: DeliveryState | null; channel: DeliveryChannel | null }

function columns(now: number, filter: Filter): Column<Delivery>[] {
  return [
    {
      key: 'what',
      header: 'What',
      cell: (delivery) => (
        <div className="flex min-w-40 flex-col">
          <span className="font-medium">{delivery.what}</span>
          <span className="text-sm text-muted">
            {delivery.channelLabel} · {delivery.event}
          </span>
        </div>
      ),
    },
    { key: 'recipient', header: 'Recipient', cell: (delivery) => delivery.recipient },
    {
      key: 'state',
      header: 'Status',
      cell: (delivery) => (
        <div className="flex min-w-36 flex-col items-start gap-1">
          <Badge tone={delivery.stateLabel === 'Not needed' ? 'neutral' : tones[delivery.state]} dot>
            {delivery.stateLabel}
          </Badge>
          {delivery.problem && <span className="text-sm text-muted">{delivery.problem}</span>}
          {delivery.nextAttemptAt !== null && (
            <span className="text-sm text-muted">
              Next attempt <DateTime value={delivery.nextAttemptAt} now={now} relative />
            </span>
          )}
        </div>
      ),
    },
    {
      key: 'attempts',
      header: 'Attempts',
      align: 'right',
      hideOnPhone: true,
      cell: (delivery) => `${delivery.attempts} of ${maxAttempts}`,
    },
    {
      key: 'created',
      header: 'Created',
      hideOnPhone: true,
      cell: (delivery) => <DateTime value={delivery.createdAt} now={now} relative />,
    },
    {
      key: 'again',
      header: 'Actions',
      quietHeader: true,
      align: 'right',
      cell: (delivery) => delivery.givenUp && <SendAgain delivery={delivery} filter={filter} />,
    },
  ]
}

function SendAgain({ delivery, filter }: { delivery: Delivery; filter: Filter }) {
  return (
    <Form method="post" action={paths.admin.sendDeliveryAgain(delivery.id)}>
      {filter.state && <input type="hidden" name="state" value={filter.state} />}
      {filter.channel && <input type="hidden" name="channel" value={filter.channel} />}
      <SubmitButton
        variant="secondary"
        size="sm"
        aria-label={`Send “${delivery.what}” to ${delivery.recipient} again`}
      >
        Send again
      </SubmitButton>
    </Form>
  )
}

function NoDeliveries({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState
      icon={MailCheck}
      title="Nothing found"
      action={<ButtonLink to={paths.admin.deliveries}>Show all deliveries</ButtonLink>}
    >
      No delivery is like this.
    </EmptyState>
  ) : (
    <EmptyState icon={MailCheck} title="Nothing has been sent yet">
      Mails appear here as soon as something happens that people are told of.
    </EmptyState>
  )
}
