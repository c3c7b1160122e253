// Posted by the list of an organization's webhooks.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { resumeOrganizationWebhook } from '~/domain/notifications/resume-organization-webhook.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.organizationWebhooks(idParam(args, 'org', 'organizationId')), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const result = await resumeOrganizationWebhook(ctx, organizationId, idParam(args, 'whk', 'webhookId'))
  return respond(args, result, {
    redirectTo: paths.admin.organizationWebhooks(organizationId),
    notice: ({ name }) => `No admin pauses ${name} any more`,
  })
}
