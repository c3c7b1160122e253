import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { requireAdmin } from '~/platform/guards'
import { webhookDelivery } from '~/platform/webhook-pages'
import { portalWebhooks } from '~/platform/webhook-places'
import { WebhookDeliveryPage } from '~/ui/notifications/webhook-delivery-page'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.delivery.what ?? 'Delivery' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return webhookDelivery(args, ctx)
}

export default function WebhookDelivery() {
  return <WebhookDeliveryPage place={portalWebhooks} {...useLoaderData<typeof loader>()} />
}
