import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { requireAdmin } from '~/platform/guards'
import { webhookWithLog } from '~/platform/webhook-pages'
import { portalWebhooks } from '~/platform/webhook-places'
import { WebhookPage } from '~/ui/notifications/webhook-page'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.webhook.name ?? 'Webhook' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return webhookWithLog(args, ctx)
}

export default function OneWebhook() {
  return <WebhookPage place={portalWebhooks} {...useLoaderData<typeof loader>()} />
}
