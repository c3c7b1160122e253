import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pauseOrganizationWebhook } from '~/domain/notifications/pause-organization-webhook.server'
import { getOrganizationWebhook } from '~/domain/notifications/queries-organization-webhooks.server'
import { pauseOrganizationWebhookInput } from '~/domain/notifications/webhook'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { FormPage } from '~/ui/form-page'
import { ReasonField } from '~/ui/reason-field'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Pause webhook' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const webhook = await orNotFound(
    getOrganizationWebhook(ctx, organizationId, idParam(args, 'whk', 'webhookId')),
  )
  if (webhook.pausedReason === 'by_admin') {
    throw redirect(paths.admin.organizationWebhooks(organizationId), 303)
  }
  return { organizationId, ...webhook }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const webhookId = idParam(args, 'whk', 'webhookId')
  // Whoever asks for one that is not there is not told what is wrong with the form.
  await orNotFound(getOrganizationWebhook(ctx, organizationId, webhookId))
  const form = await parseForm(args.request, pauseOrganizationWebhookInput)
  if (!form.ok) return form.response
  const result = await pauseOrganizationWebhook(ctx, organizationId, webhookId, form.value)
  const redirectTo = paths.admin.organizationWebhooks(organizationId)
  if (!result.ok && result.error.code !== 'not_found') {
    return redirectWithNotice(args, redirectTo, result.error.message, 'error')
  }
  return respond(args, result, { form, redirectTo, notice: ({ name }) => `${name} is paused` })
}

export default function PauseOrganizationWebhook() {
  const webhook = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'pause-organization-webhook',
    lastResult: useActionData<{ form: unknown }>()?.form,
  })
  const list = paths.admin.organizationWebhooks(webhook.organizationId)
  return (
    <FormPage
      title={`Pause ${webhook.name}`}
      breadcrumbs={[
        { label: 'Organizations', to: paths.admin.organizations },
        { label: webhook.organizationName, to: paths.admin.organization(webhook.organizationId) },
        { label: 'Webhooks', to: list },
      ]}
      form={form}
      submit="Pause webhook"
      danger
      cancelTo={list}
    >
      <p className="max-w-text text-muted">
        Nothing more is sent to{' '}
        <code className="font-mono text-sm text-ink wrap-anywhere">{webhook.address}</code>, and the
        organization can neither resume nor test it. What happens meanwhile is kept for 30 days. You can
        resume it at any time.
      </p>
      <ReasonField
        form={form}
        hint="The super admins of the organization get it by mail, and read it on the page of the webhook."
      />
    </FormPage>
  )
}
