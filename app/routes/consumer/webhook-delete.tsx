import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { requireSuperAdmin } from '~/platform/guards'
import { deleteByButton, oneWebhook } from '~/platform/webhook-pages'
import { organizationWebhooks } from '~/platform/webhook-places'
import { WebhookConfirmPage } from '~/ui/notifications/webhook-confirm-page'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction = () => [{ title: 'Delete webhook' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  return oneWebhook(args, ctx)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  return deleteByButton(args, ctx, organizationWebhooks.to)
}

export default function DeleteWebhook() {
  const webhook = useLoaderData<typeof loader>()
  const { now } = useRootData()
  return <WebhookConfirmPage place={organizationWebhooks} webhook={webhook} asks="delete" now={now} />
}
