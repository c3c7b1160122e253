// The filters of the list of deliveries, and the button for all of those that failed.
import { Form } from '@remix-run/react'
import { deliveryChannelLabels, deliveryChannels } from '~/domain/notifications/deliveries'
import {
  type DeliveryFilter,
  deliveryStatuses,
  deliveryStatusLabels,
} from '~/domain/notifications/delivery-list'
import { paths } from '~/platform/paths'
import { SubmitButton } from '~/ui/button'
import { FilterBar, type FilterChip, FilterSelect } from '~/ui/filter-bar'
import { DayFilters, dayChips } from '~/ui/notifications/day-filters'
import { withParam } from '~/ui/notifications/list-address'

type DeliveriesData = {
  filter: DeliveryFilter
  address: string
  deliveries: readonly { givenUp: boolean }[]
}

export function isNarrowed(data: DeliveriesData): boolean {
  return chipsOf(data).length > 0
}

export function DeliveryFilters({ data }: { data: DeliveriesData }) {
  const { filter } = data
  return (
    <FilterBar
      search={{ value: filter.search, label: 'Address begins with', placeholder: 'Address begins with' }}
      chips={chipsOf(data)}
      clearTo={paths.admin.deliveries}
      actions={data.deliveries.some((delivery) => delivery.givenUp) && <SendAllAgain data={data} />}
    >
      <FilterSelect
        label="Status"
        name="state"
        value={filter.state ?? ''}
        options={[
          { value: '', label: 'Any status' },
          ...deliveryStatuses.map((value) => ({ value, label: deliveryStatusLabels[value] })),
        ]}
      />
      <FilterSelect
        label="Channel"
        name="channel"
        value={filter.channel ?? ''}
        options={[
          { value: '', label: 'Any channel' },
          ...deliveryChannels.map((value) => ({ value, label: deliveryChannelLabels[value] })),
        ]}
      />
      <DayFilters range={filter} />
    </FilterBar>
  )
}

function SendAllAgain({ data: { address } }: { data: DeliveriesData }) {
  return (
    <Form method="post" action={paths.admin.sendDeliveriesAgain}>
      <input type="hidden" name="returnTo" value={address} />
      <input type="hidden" name="all" value="on" />
      <SubmitButton variant="secondary">Send all failed again</SubmitButton>
    </Form>
  )
}

function chipsOf({ filter, address }: DeliveriesData): FilterChip[] {
  const { state, channel, search } = filter
  const chip = (label: string, name: string) => ({ label, removeTo: withParam(address, name, null) })
  return [
    ...(state ? [chip(deliveryStatusLabels[state], 'state')] : []),
    ...(channel ? [chip(deliveryChannelLabels[channel], 'channel')] : []),
    ...(search ? [chip(`To ${search}…`, 'q')] : []),
    ...dayChips(filter, address),
  ]
}
