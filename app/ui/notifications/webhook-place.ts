// Where webhooks are managed: the same pages, for admins in the settings and for super admins in their organization.
import type { WebhookScope } from '~/domain/notifications/webhook'

export type WebhookPlace = {
  scope: WebhookScope
  /** What stands before "Webhooks" on the way here. */
  above: readonly { label: string; to: string }[]
  to: {
    list: string
    add: string
    one: (webhookId: string) => string
    edit: (webhookId: string) => string
    remove: (webhookId: string) => string
    rotate: (webhookId: string) => string
    pause: (webhookId: string) => string
    resume: (webhookId: string) => string
    test: (webhookId: string) => string
    sendFailed: (webhookId: string) => string
    delivery: (webhookId: string, deliveryId: string) => string
    sendAgain: (webhookId: string, deliveryId: string) => string
  }
}

export function crumbsOf(place: WebhookPlace, webhook?: { id: string; name: string }) {
  const { above, to } = place
  return [
    ...above,
    { label: 'Webhooks', to: to.list },
    ...(webhook ? [{ label: webhook.name, to: to.one(webhook.id) }] : []),
  ]
}
