import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { requireAdmin } from '~/platform/guards'
import { webhookList } from '~/platform/webhook-pages'
import { portalWebhooks } from '~/platform/webhook-places'
import { WebhookList } from '~/ui/notifications/webhook-list'

export const meta: MetaFunction = () => [{ title: 'Webhooks' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return webhookList(ctx)
}

export default function WebhooksPage() {
  return <WebhookList place={portalWebhooks} {...useLoaderData<typeof loader>()} />
}
