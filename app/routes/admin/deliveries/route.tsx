import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { MailCheck } from 'lucide-react'
import { pageRequest } from '~/domain/kernel/page'
import { deliveryFilter, deliveryParams } from '~/domain/notifications/delivery-list'
import { listDeliveries } from '~/domain/notifications/queries-deliveries.server'
import { deliveryShown } from '~/platform/delivery-rows'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { EmptyState } from '~/ui/empty-state'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { Pagination } from '~/ui/pagination'
import { columns } from './columns'
import { DeliveryFilters, isNarrowed } from './filters'

export const meta: MetaFunction = () => [{ title: 'Deliveries' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const filter = deliveryFilter(params)
  const { rows, next, previous } = await listDeliveries(ctx, { ...filter, page: pageRequest(params) })
  const address = `${paths.admin.deliveries}?${new URLSearchParams(deliveryParams(filter))}`
  return {
    now: ctx.now,
    filter,
    address: address.replace(/\?$/, ''),
    deliveries: rows.map((row) => deliveryShown(row, ctx.now)),
    nextTo: next && withParam(address, 'after', next),
    previousTo: previous && withParam(address, 'before', previous),
  }
}

const formId = 'deliveries-bulk'

export default function DeliveriesPage() {
  const data = useLoaderData<typeof loader>()
  const { now, address, deliveries, nextTo, previousTo } = data
  return (
    <>
      <PageHeader
        title="Deliveries"
        description="Each mail that the portal owes somebody, each webhook, and each key that an external gateway has to be told of. What could not be delivered is tried again by itself, and by you once it is given up."
      />
      <DeliveryFilters data={data} />
      <Form id={formId} method="post" action={paths.admin.sendDeliveriesAgain} className="hidden">
        <input type="hidden" name="returnTo" value={address} />
      </Form>
      <DataTable
        caption="Deliveries, newest first"
        columns={columns(now, address)}
        rows={deliveries}
        rowKey={(delivery) => delivery.id}
        rowTo={(delivery) => paths.admin.delivery(delivery.id)}
        selectName="id"
        selectForm={formId}
        selectLabel={(delivery) => `${delivery.what} to ${delivery.recipient}`}
        bulkActions={
          <SubmitButton form={formId} size="sm">
            Send again
          </SubmitButton>
        }
        empty={<NoDeliveries filtered={isNarrowed(data)} />}
      />
      <Pagination previousTo={previousTo} nextTo={nextTo} />
    </>
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
