import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { eventTypeLabel } from '~/domain/notifications/audit-log'
import { deliveryStateLabel } from '~/domain/notifications/deliveries'
import { describeEvent } from '~/domain/notifications/describe-event'
import { changesOf } from '~/domain/notifications/event-changes'
import { getAuditEvent } from '~/domain/notifications/queries-audit.server'
import { placeOfSubject } from '~/platform/event-places'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { Badge } from '~/ui/badge'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
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
      recipient: row.recipientEmail ?? row.recipientKey,
      state: deliveryStateLabel(row),
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
                <TextLink to={paths.admin.delivery(delivery.id)} plain>
                  {delivery.recipient}
                </TextLink>
                <Badge>{delivery.state}</Badge>
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

function Changes({ changes }: { changes: Loaded['changes'] }) {
  return (
    <Section title="What changed">
      <table className="w-full text-left">
        <thead>
          <tr className="text-sm text-muted">
            <th scope="col" className="py-1.5 pr-4 font-medium">
              Field
            </th>
            <th scope="col" className="py-1.5 pr-4 font-medium">
              From
            </th>
            <th scope="col" className="py-1.5 font-medium">
              To
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, from, to }) => (
            <tr key={field} className="border-t border-line align-top wrap-anywhere">
              <th scope="row" className="py-2 pr-4 font-normal">
                {field}
              </th>
              <td className="py-2 pr-4 text-muted">{from}</td>
              <td className="py-2 font-medium">{to}</td>
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
