import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData } from '@remix-run/react'
import { requireAdmin } from '~/platform/guards'
import { addWebhookByForm, type MadeSecret } from '~/platform/webhook-pages'
import { portalWebhooks } from '~/platform/webhook-places'
import { WebhookFormPage } from '~/ui/notifications/webhook-form-page'
import { WebhookSecretPage } from '~/ui/notifications/webhook-secret-page'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Add webhook' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  return addWebhookByForm(args, ctx)
}

export default function NewWebhook() {
  const answer = useActionData<MadeSecret>()
  if (answer?.made) return <WebhookSecretPage place={portalWebhooks} made={answer.made} />
  return <WebhookFormPage place={portalWebhooks} lastResult={answer?.form} />
}
