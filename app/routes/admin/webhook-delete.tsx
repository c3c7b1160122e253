import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { requireAdmin } from '~/platform/guards'
import { deleteByButton, oneWebhook } from '~/platform/webhook-pages'
import { portalWebhooks } from '~/platform/webhook-places'
import { WebhookConfirmPage } from '~/ui/notifications/webhook-confirm-page'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction = () => [{ title: 'Delete webhook' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return oneWebhook(args, ctx)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  return deleteByButton(args, ctx, portalWebhooks.to)
}

export default function DeleteWebhook() {
  const webhook = useLoaderData<typeof loader>()
  const { now } = useRootData()
  return <WebhookConfirmPage place={portalWebhooks} webhook={webhook} asks="delete" now={now} />
}
