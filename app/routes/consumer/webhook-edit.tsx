import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requireSuperAdmin } from '~/platform/guards'
import { editWebhookByForm, oneWebhook } from '~/platform/webhook-pages'
import { organizationWebhooks } from '~/platform/webhook-places'
import { WebhookFormPage } from '~/ui/notifications/webhook-form-page'

export const meta: MetaFunction = () => [{ title: 'Edit webhook' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  return oneWebhook(args, ctx)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  return editWebhookByForm(args, ctx, organizationWebhooks.to)
}

export default function EditWebhook() {
  const webhook = useLoaderData<typeof loader>()
  const lastResult = useActionData<{ form: unknown }>()?.form
  return <WebhookFormPage place={organizationWebhooks} webhook={webhook} lastResult={lastResult} />
}
