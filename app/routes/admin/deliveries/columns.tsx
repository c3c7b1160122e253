// The columns of the list of deliveries.
import { Form } from '@remix-run/react'
import type { ShownDelivery } from '~/platform/delivery-rows'
import { paths } from '~/platform/paths'
import { SubmitButton } from '~/ui/button'
import type { Column } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { DeliveryStateBadge } from '~/ui/notifications/delivery-state'

export function columns(now: number, address: string): Column<ShownDelivery>[] {
  return [
    { key: 'what', header: 'What', cell: (delivery) => delivery.what },
    {
      key: 'channel',
      header: 'Channel',
      cell: (delivery) => (
        <span className="block text-sm text-muted md:min-w-24">
          {delivery.channelLabel}
          {/* A webhook is named after its event. */}
          {!delivery.what.endsWith(delivery.event) && ` · ${delivery.event}`}
        </span>
      ),
    },
    {
      key: 'recipient',
      header: 'Recipient',
      cell: (delivery) => (
        <span className="line-clamp-3 min-w-40 wrap-anywhere md:max-w-64" title={delivery.recipient}>
          {delivery.recipient}
        </span>
      ),
    },
    {
      key: 'state',
      header: 'Status',
      cell: (delivery) => (
        <div className="flex min-w-36 flex-col items-start gap-1 md:max-w-64">
          <DeliveryStateBadge state={delivery.state} label={delivery.stateLabel} />
          {delivery.problem && (
            <span className="line-clamp-2 text-sm text-muted wrap-anywhere">{delivery.problem}</span>
          )}
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
      cell: (delivery) => <span className="whitespace-nowrap">{delivery.attemptsLabel}</span>,
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
      cell: (delivery) => delivery.givenUp && <SendAgain delivery={delivery} address={address} />,
    },
  ]
}

function SendAgain({ delivery, address }: { delivery: ShownDelivery; address: string }) {
  return (
    <Form method="post" action={paths.admin.sendDeliveryAgain(delivery.id)}>
      <input type="hidden" name="returnTo" value={address} />
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
