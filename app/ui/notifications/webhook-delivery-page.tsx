// One delivery: what was sent, and each attempt with what the receiver answered.
import { Form } from '@remix-run/react'
import { formatNumber } from '~/domain/kernel/number'
import type { DeliveryState } from '~/domain/notifications/deliveries'
import { Badge } from '~/ui/badge'
import { SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { CodeBlock } from '~/ui/code-block'
import { DateTime } from '~/ui/date-time'
import { DefinitionList } from '~/ui/definition-list'
import { Folded } from '~/ui/gateway/folded'
import { PageHeader } from '~/ui/page-header'
import { DeliveryStateBadge } from './delivery-state'
import { crumbsOf, type WebhookPlace } from './webhook-place'

type Attempt = {
  attempt: number
  requestBody: string
  responseStatus: number | null
  responseBody: string | null
  error: string | null
  durationMs: number
  createdAt: number
}

type WebhookDeliveryPageProps = {
  place: WebhookPlace
  now: number
  webhook: { id: string; name: string; state: 'active' | 'paused' }
  delivery: {
    id: string
    eventId: string
    what: string
    type: string
    state: DeliveryState
    stateLabel: string
    attempts: number
    nextAttemptAt: number
    lastError: string | null
    happenedAt: number
  }
  log: readonly Attempt[]
}

export function WebhookDeliveryPage({ place, now, webhook, delivery, log }: WebhookDeliveryPageProps) {
  const isOver = delivery.state !== 'pending' && delivery.state !== 'sending'
  const code = (text: string) => <code className="font-mono text-sm wrap-anywhere">{text}</code>
  return (
    <>
      <PageHeader
        title={delivery.what}
        breadcrumbs={crumbsOf(place, webhook)}
        status={<DeliveryStateBadge state={delivery.state} label={delivery.stateLabel} />}
        actions={
          isOver &&
          webhook.state === 'active' && (
            <Form method="post" action={place.to.sendAgain(webhook.id, delivery.id)}>
              <SubmitButton variant="secondary">Send again</SubmitButton>
            </Form>
          )
        }
      />
      <Card>
        <CardHeader title="Details" />
        <CardBody>
          <DefinitionList
            items={[
              { term: 'Event', value: code(delivery.type) },
              { term: 'webhook-id', value: code(delivery.eventId) },
              { term: 'Happened', value: <DateTime value={delivery.happenedAt} now={now} /> },
              ...(delivery.lastError ? [{ term: 'Problem', value: delivery.lastError }] : []),
              ...(delivery.state === 'pending' && delivery.attempts > 0
                ? [
                    {
                      term: 'Next attempt',
                      value: <DateTime value={delivery.nextAttemptAt} now={now} relative />,
                    },
                  ]
                : []),
            ]}
          />
        </CardBody>
      </Card>
      <section className="flex flex-col gap-3">
        <h2 className="text-md font-semibold">Attempts</h2>
        {log.length === 0 && (
          <p className="text-muted">
            {delivery.attempts === 0 || !isOver
              ? 'No attempt was made yet.'
              : 'None was made, or they are more than 30 days ago.'}
          </p>
        )}
        {log.map((attempt, index) => (
          <AttemptCard key={attempt.attempt} attempt={attempt} isLast={index === 0} now={now} />
        ))}
      </section>
    </>
  )
}

type AttemptCardProps = { attempt: Attempt; isLast: boolean; now: number }

/** What is sent is the same at each attempt, so that it stands open once. */
function AttemptCard({ attempt, isLast, now }: AttemptCardProps) {
  const { responseStatus: status, responseBody, error } = attempt
  const request = (
    <CodeBlock label={`Request of attempt ${attempt.attempt}`} code={attempt.requestBody} bounded />
  )
  const isGood = status !== null && status >= 200 && status < 300
  return (
    <Card>
      <CardHeader
        title={`Attempt ${attempt.attempt}`}
        description={
          <>
            <DateTime value={attempt.createdAt} now={now} />, took {formatNumber(attempt.durationMs)} ms
          </>
        }
        actions={
          <Badge tone={isGood ? 'green' : 'red'} dot>
            {status ?? 'No answer'}
          </Badge>
        }
      />
      <CardBody className="flex flex-col gap-4">
        {error && <p>{error}</p>}
        {isLast ? request : <Folded summary="Request">{request}</Folded>}
        {status !== null &&
          (responseBody ? (
            <CodeBlock
              label={`Answer to attempt ${attempt.attempt}`}
              code={responseBody}
              copy={false}
              bounded
              wrapped
            />
          ) : (
            <p className="text-muted">The answer had no body.</p>
          ))}
      </CardBody>
    </Card>
  )
}
