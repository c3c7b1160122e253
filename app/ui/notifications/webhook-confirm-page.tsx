// Asks before an endpoint is deleted, or before it gets another secret.
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { DateTime } from '~/ui/date-time'
import { PageHeader } from '~/ui/page-header'
import { crumbsOf, type WebhookPlace } from './webhook-place'

type Webhook = { id: string; name: string; url: string; previousSecretUntil: number | null }

type WebhookConfirmPageProps = {
  place: WebhookPlace
  webhook: Webhook
  asks: 'delete' | 'rotate'
  now: number
}

export function WebhookConfirmPage({ place, webhook, asks, now }: WebhookConfirmPageProps) {
  const { to } = place
  const isDeletion = asks === 'delete'
  return (
    <>
      <PageHeader
        title={isDeletion ? `Delete ${webhook.name}` : 'Rotate the secret'}
        breadcrumbs={crumbsOf(place, webhook)}
      />
      <Card>
        <CardBody>
          <ConfirmForm
            action={isDeletion ? to.remove(webhook.id) : to.rotate(webhook.id)}
            confirmLabel={isDeletion ? 'Delete webhook' : 'Rotate secret'}
            danger={isDeletion}
            cancel={<ButtonLink to={to.one(webhook.id)}>Cancel</ButtonLink>}
          >
            {isDeletion ? (
              <>
                Nothing more is sent to <code className="text-sm wrap-anywhere">{webhook.url}</code>, and what
                was sent and answered is forgotten. This cannot be undone.
              </>
            ) : (
              <>
                The new secret is shown once. For 24 hours each event is signed with both, so that your
                program has time to take it; then the old one ends.
                {webhook.previousSecretUntil !== null && webhook.previousSecretUntil > now && (
                  <>
                    {' '}
                    The one before the present one still counts until{' '}
                    <DateTime value={webhook.previousSecretUntil} now={now} />. It ends at once.
                  </>
                )}
              </>
            )}
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
