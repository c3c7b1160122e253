import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { formatNumber } from '~/domain/kernel/number'
import { getDelivery } from '~/domain/notifications/queries-deliveries.server'
import { deliveryShown } from '~/platform/delivery-rows'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DataTable } from '~/ui/data-table'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { DeliveryStateBadge } from '~/ui/notifications/delivery-state'
import { PageHeader } from '~/ui/page-header'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Delivery' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { delivery, attempts } = await orNotFound(getDelivery(ctx, idParam(args, 'dlv', 'deliveryId')))
  return { now: ctx.now, delivery: deliveryShown(delivery, ctx.now), attempts }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function DeliveryPage() {
  const { now, delivery, attempts } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={delivery.what}
        breadcrumbs={[{ label: 'Deliveries', to: paths.admin.deliveries }]}
        description={<>To {delivery.recipient}</>}
        status={<DeliveryStateBadge state={delivery.state} label={delivery.stateLabel} />}
        actions={<Actions delivery={delivery} />}
      />
      <Card>
        <CardHeader title="Delivery" />
        <CardBody>
          <DefinitionList items={factsOf(delivery, now)} />
        </CardBody>
      </Card>
      {attempts.length > 0 && <Answers attempts={attempts} now={now} />}
    </>
  )
}

function factsOf(delivery: Loaded['delivery'], now: number) {
  return [
    {
      term: 'Event',
      value: <TextLink to={paths.admin.auditEvent(delivery.eventId)}>{delivery.event}</TextLink>,
    },
    { term: 'Channel', value: delivery.channelLabel },
    { term: 'Recipient', value: delivery.recipient },
    { term: 'Attempts', value: delivery.attemptsLabel },
    { term: 'Created', value: <DateTime value={delivery.createdAt} now={now} /> },
    {
      term: 'Last attempt',
      value: <DateTime value={delivery.attempts > 0 ? delivery.triedAt : null} now={now} />,
    },
    { term: 'Sent', value: <DateTime value={delivery.sentAt} now={now} /> },
    ...(delivery.nextAttemptAt === null
      ? []
      : [{ term: 'Next attempt', value: <DateTime value={delivery.nextAttemptAt} now={now} /> }]),
    { term: 'What was said', value: delivery.problem ?? 'Nothing' },
  ]
}

/** Each is a form of its own, since each is an address of its own. */
function Actions({ delivery }: { delivery: Loaded['delivery'] }) {
  const { admin } = paths
  const all = [
    { to: admin.sendDeliveryAgain(delivery.id), label: 'Send again', shown: delivery.givenUp },
    { to: admin.retryDelivery(delivery.id), label: 'Retry now', shown: delivery.canRetry },
    { to: admin.cancelDelivery(delivery.id), label: 'Cancel delivery', shown: delivery.canCancel },
  ]
  return all
    .filter(({ shown }) => shown)
    .map(({ to, label }) => (
      <Form key={to} method="post" action={to}>
        <input type="hidden" name="returnTo" value={admin.delivery(delivery.id)} />
        <SubmitButton variant="secondary">{label}</SubmitButton>
      </Form>
    ))
}

function Took({ ms }: { ms: number }) {
  return <span className="whitespace-nowrap">{formatNumber(ms)} ms</span>
}

/** The beginning of it: an error page of a server may be long. */
function Body({ text }: { text: string | null }) {
  return <span className="font-mono text-sm wrap-anywhere">{text?.slice(0, 300) || 'Empty'}</span>
}

function Answers({ attempts, now }: Pick<Loaded, 'attempts' | 'now'>) {
  return (
    <DataTable
      caption="Attempts"
      rows={attempts}
      rowKey={(row) => String(row.attempt)}
      empty={null}
      columns={[
        {
          key: 'attempt',
          header: 'Attempt',
          cell: (row) => <span className="whitespace-nowrap">Attempt {row.attempt}</span>,
        },
        { key: 'at', header: 'When', cell: (row) => <DateTime value={row.createdAt} now={now} /> },
        { key: 'status', header: 'Answer', cell: (row) => row.responseStatus ?? 'None' },
        { key: 'took', header: 'Took', align: 'right', cell: (row) => <Took ms={row.durationMs} /> },
        { key: 'body', header: 'Body', cell: (row) => <Body text={row.error ?? row.responseBody} /> },
      ]}
    />
  )
}
