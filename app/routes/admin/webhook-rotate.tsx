import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requireAdmin } from '~/platform/guards'
import { type MadeSecret, oneWebhook, rotateByButton } from '~/platform/webhook-pages'
import { portalWebhooks } from '~/platform/webhook-places'
import { WebhookConfirmPage } from '~/ui/notifications/webhook-confirm-page'
import { WebhookSecretPage } from '~/ui/notifications/webhook-secret-page'
import { useRootData } from '~/ui/root-data'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Rotate secret' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return oneWebhook(args, ctx)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  return rotateByButton(args, ctx, portalWebhooks.to)
}

export default function RotateWebhookSecret() {
  const webhook = useLoaderData<typeof loader>()
  const made = useActionData<MadeSecret>()?.made
  const { now } = useRootData()
  if (made) return <WebhookSecretPage place={portalWebhooks} made={made} rotated />
  return <WebhookConfirmPage place={portalWebhooks} webhook={webhook} asks="rotate" now={now} />
}
