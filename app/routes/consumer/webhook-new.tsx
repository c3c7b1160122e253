import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData } from '@remix-run/react'
import { requireSuperAdmin } from '~/platform/guards'
import { addWebhookByForm, type MadeSecret } from '~/platform/webhook-pages'
import { organizationWebhooks } from '~/platform/webhook-places'
import { WebhookFormPage } from '~/ui/notifications/webhook-form-page'
import { WebhookSecretPage } from '~/ui/notifications/webhook-secret-page'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Add webhook' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireSuperAdmin(args)
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  return addWebhookByForm(args, ctx)
}

export default function NewWebhook() {
  const answer = useActionData<MadeSecret>()
  if (answer?.made) return <WebhookSecretPage place={organizationWebhooks} made={answer.made} />
  return <WebhookFormPage place={organizationWebhooks} lastResult={answer?.form} />
}
