import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { requireSuperAdmin } from '~/platform/guards'
import { webhookList } from '~/platform/webhook-pages'
import { organizationWebhooks } from '~/platform/webhook-places'
import { WebhookList } from '~/ui/notifications/webhook-list'

export const meta: MetaFunction = () => [{ title: 'Webhooks' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  return webhookList(ctx)
}

export default function WebhooksPage() {
  return <WebhookList place={organizationWebhooks} {...useLoaderData<typeof loader>()} />
}
