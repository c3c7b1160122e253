import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { eventTypeLabel } from '~/domain/notifications/audit-log'
import { deliveryStateLabel } from '~/domain/notifications/deliveries'
import { describeEvent } from '~/domain/notifications/describe-event'
import { changesOf } from '~/domain/notifications/event-changes'
import { getAuditEvent } from '~/domain/notifications/queries-audit.server'
import { deliveryRecipient } from '~/platform/delivery-rows'
import { placeOfSubject } from '~/platform/event-places'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { cx } from '~/ui/class-names'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { DeliveryStateBadge } from '~/ui/notifications/delivery-state'
import { withParam } from '~/ui/notifications/list-address'
import { PageHeader } from '~/ui/page-header'
import { TextLink } from '~/ui/text-link'

export const meta: MetaFunction = () => [{ title: 'Event' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const found = await orNotFound(getAuditEvent(ctx, idParam(args, 'evt', 'eventId')))
  const { event } = found
  return {
    now: ctx.now,
    event,
    sentence: describeEvent(event),
    subjectTo: placeOfSubject(event),
    ...changesOf(event.data),
    seq: found.seal?.seq ?? null,
    organizationName: found.organizationName,
    appName: found.appName,
    more: found.more,
    deliveries: found.deliveries.map((row) => ({
      id: row.id,
      recipient: deliveryRecipient(row),
      state: row.state,
      label: deliveryStateLabel(row),
    })),
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function AuditEventPage() {
  const data = useLoaderData<typeof loader>()
  const { event, changes, facts, deliveries } = data
  return (
    <>
      <PageHeader
        title={eventTypeLabel(event.type)}
        breadcrumbs={[{ label: 'Audit log', to: paths.admin.auditLog }]}
        description={`${event.actorLabel} ${data.sentence}.`}
        status={
          data.seq === null ? <Badge>Not sealed yet</Badge> : <Badge tone="green">Sealed as {data.seq}</Badge>
        }
      />
      {changes.length > 0 && <Changes changes={changes} />}
      <div className="grid gap-4 lg:grid-cols-2">
        <Section title="Who, when and from where">
          <Circumstances data={data} />
        </Section>
        <Section title="What it is about">
          <Subject data={data} />
          {facts.length > 0 && (
            <div className="mt-2.5 border-t border-line pt-2.5">
              <DefinitionList items={facts.map(({ field, value }) => ({ term: field, value }))} />
            </div>
          )}
        </Section>
      </div>
      <Section title="Who was told">
        {deliveries.length === 0 ? (
          <p className="text-muted">
            {event.plannedAt === null
              ? 'Who is to be told is worked out in a moment.'
              : 'Nobody is told of this.'}
          </p>
        ) : (
          <ul className="flex flex-col gap-2">
            {deliveries.map((delivery) => (
              <li key={delivery.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <TextLink to={paths.admin.delivery(delivery.id)} plain className="min-w-0 wrap-anywhere">
                  {delivery.recipient}
                </TextLink>
                <DeliveryStateBadge state={delivery.state} label={delivery.label} />
              </li>
            ))}
            {data.more && <li className="text-muted">And more.</li>}
          </ul>
        )}
      </Section>
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader title={title} />
      <CardBody>{children}</CardBody>
    </Card>
  )
}

const changeCell = 'border-t border-line py-2.5 max-md:border-0 max-md:p-0'
/** Lines of a text stay lines. On phones each value stands beside what it is. */
const changeValue =
  'whitespace-pre-line max-md:grid max-md:grid-cols-[3rem_1fr] max-md:before:text-muted max-md:before:content-[attr(data-label)]'

function Changes({ changes }: { changes: Loaded['changes'] }) {
  return (
    <Section title="What changed">
      <table className="w-full table-fixed text-left max-md:block">
        <thead className="max-md:sr-only">
          <tr className="text-sm text-muted">
            <th scope="col" className="w-42 pr-4 pb-2.5 font-medium">
              Field
            </th>
            <th scope="col" className="pr-6 pb-2.5 font-medium">
              From
            </th>
            <th scope="col" className="pb-2.5 font-medium">
              To
            </th>
          </tr>
        </thead>
        <tbody className="max-md:block max-md:divide-y max-md:divide-line">
          {changes.map(({ field, from, to }) => (
            <tr
              key={field}
              className="wrap-anywhere align-top max-md:flex max-md:flex-col max-md:gap-1 max-md:py-2.5 max-md:first:pt-0 max-md:last:pb-0"
            >
              <th scope="row" className={cx(changeCell, 'pr-4 font-normal max-md:font-medium')}>
                {field}
              </th>
              <td data-label="From" className={cx(changeCell, changeValue, 'pr-6 text-muted')}>
                {from}
              </td>
              <td data-label="To" className={cx(changeCell, changeValue)}>
                {to}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function Circumstances({ data: { event, now } }: { data: Loaded }) {
  const { actorId } = event
  return (
    <DefinitionList
      items={[
        { term: 'When', value: <DateTime value={event.createdAt} now={now} /> },
        {
          term: 'Who',
          value: actorId ? (
            <>
              <TextLink to={paths.admin.user(actorId)}>{event.actorLabel}</TextLink>
              {' · '}
              <TextLink to={withParam(paths.admin.auditLog, 'actor', actorId)}>all they did</TextLink>
            </>
          ) : (
            event.actorLabel
          ),
        },
        { term: 'Address', value: [event.ip, event.country].filter(Boolean).join(' · ') || 'none' },
        { term: 'Program', value: event.userAgent ?? 'none' },
        { term: 'Request', value: <span className="font-mono text-sm">{event.requestId}</span> },
        { term: 'Event', value: <span className="font-mono text-sm">{event.type}</span> },
      ]}
    />
  )
}

function Subject({ data: { event, subjectTo, organizationName, appName } }: { data: Loaded }) {
  const { subjectId, organizationId, appId } = event
  return (
    <DefinitionList
      items={[
        {
          term: eventTypeLabel(event.subjectType),
          value: (
            <>
              {subjectTo ? <TextLink to={subjectTo}>{subjectId}</TextLink> : subjectId}
              {' · '}
              <TextLink to={paths.admin.historyOf(subjectId)}>history</TextLink>
            </>
          ),
        },
        ...(organizationId
          ? [
              {
                term: 'Organization',
                value: (
                  <>
                    <TextLink to={paths.admin.organization(organizationId)}>
                      {organizationName ?? organizationId}
                    </TextLink>
                    {' · '}
                    <TextLink to={withParam(paths.admin.auditLog, 'organization', organizationId)}>
                      everything there
                    </TextLink>
                  </>
                ),
              },
            ]
          : []),
        ...(appId
          ? [{ term: 'App', value: <TextLink to={paths.admin.app(appId)}>{appName ?? appId}</TextLink> }]
          : []),
      ]}
    />
  )
}
