// An endpoint: how it does, what it is sent, and the log of what was sent.
import { Form } from '@remix-run/react'
import { formatNumber } from '~/domain/kernel/number'
import { eventTypeLabel } from '~/domain/notifications/audit-log'
import { type PausedReason, pausedReasons } from '~/domain/notifications/webhook'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { PageHeader } from '~/ui/page-header'
import { TextLink } from '~/ui/text-link'
import { WebhookBadge } from './webhook-badge'
import { type LoggedDelivery, WebhookLog } from './webhook-log'
import { crumbsOf, type WebhookPlace } from './webhook-place'

type Webhook = {
  id: string
  name: string
  url: string
  description: string
  allEvents: boolean
  eventTypes: readonly string[]
  state: 'active' | 'paused'
  pausedReason: PausedReason | null
  pausedAt: number | null
  pausedNote: string | null
  failures: number
  failingSince: number | null
  previousSecretUntil: number | null
  createdAt: number
}

type WebhookPageProps = {
  place: WebhookPlace
  now: number
  webhook: Webhook
  failedOnly: boolean
  deliveries: readonly LoggedDelivery[]
  next: string | null
  previous: string | null
}

export function WebhookPage({ place, now, webhook, ...log }: WebhookPageProps) {
  const { to } = place
  return (
    <>
      <PageHeader
        title={webhook.name}
        breadcrumbs={crumbsOf(place)}
        status={<WebhookBadge state={webhook.state} failures={webhook.failures} />}
        actions={
          <>
            {webhook.pausedReason !== 'by_admin' && (
              <ButtonLink to={to.remove(webhook.id)}>Delete</ButtonLink>
            )}
            <ButtonLink to={to.edit(webhook.id)}>Edit</ButtonLink>
            {webhook.state === 'active' && (
              <Form method="post" action={to.pause(webhook.id)}>
                <SubmitButton variant="secondary">Pause</SubmitButton>
              </Form>
            )}
            {webhook.pausedReason !== 'by_admin' && (
              <Form method="post" action={to.test(webhook.id)}>
                <SubmitButton variant="primary">Send test event</SubmitButton>
              </Form>
            )}
          </>
        }
      />
      <HowItDoes place={place} webhook={webhook} now={now} />
      <Details place={place} webhook={webhook} now={now} />
      <WebhookLog place={place} webhook={webhook} now={now} {...log} />
    </>
  )
}

type PartProps = { place: WebhookPlace; webhook: Webhook; now: number }

function HowItDoes({ place, webhook, now }: PartProps) {
  if (webhook.state === 'paused') {
    return (
      <Callout
        tone={webhook.pausedReason === 'by_hand' ? 'amber' : 'red'}
        title="This webhook is paused"
        action={
          webhook.pausedReason !== 'by_admin' && (
            <Form method="post" action={place.to.resume(webhook.id)}>
              <SubmitButton variant="secondary">Resume</SubmitButton>
            </Form>
          )
        }
      >
        {pausedReasons[webhook.pausedReason ?? 'by_hand']} Nothing is sent since{' '}
        <DateTime value={webhook.pausedAt} now={now} />. Events of the first 30 days are kept below as failed,
        to be sent again once it is resumed.
        {webhook.pausedNote && <p className="mt-1 wrap-anywhere">Reason: {webhook.pausedNote}</p>}
      </Callout>
    )
  }
  if (webhook.failures === 0) return null
  return (
    <Callout
      tone="amber"
      title={
        webhook.failures === 1
          ? 'The last attempt failed'
          : `The last ${formatNumber(webhook.failures)} attempts failed`
      }
    >
      It has failed since <DateTime value={webhook.failingSince} now={now} />. After ten failed attempts in a
      row, over more than a day, the webhook is paused.
    </Callout>
  )
}

function Details({ place, webhook, now }: PartProps) {
  const { previousSecretUntil: until } = webhook
  return (
    <Card>
      <CardHeader title="Details" />
      <CardBody>
        <DefinitionList
          items={[
            { term: 'Address', value: <code className="font-mono text-sm">{webhook.url}</code> },
            ...(webhook.description ? [{ term: 'Description', value: webhook.description }] : []),
            {
              term: 'Events',
              value: webhook.allEvents
                ? 'All'
                : webhook.eventTypes.map((type) => eventTypeLabel(type)).join(', '),
            },
            {
              term: 'Secret',
              value: (
                <span className="flex flex-wrap items-baseline gap-x-3">
                  <span className="text-muted">
                    Stored sealed, shown once
                    {until !== null && until > now && (
                      <>
                        ; the one before signs as well until <DateTime value={until} now={now} />
                      </>
                    )}
                  </span>
                  <TextLink to={place.to.rotate(webhook.id)}>Rotate</TextLink>
                </span>
              ),
            },
            { term: 'Added', value: <DateTime value={webhook.createdAt} now={now} dayOnly /> },
          ]}
        />
      </CardBody>
    </Card>
  )
}
