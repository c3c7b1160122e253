import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/cloudflare'
import { requireSuperAdmin } from '~/platform/guards'
import { backToWebhook, sendFailedByForm } from '~/platform/webhook-pages'
import { organizationWebhooks } from '~/platform/webhook-places'

export async function loader(args: LoaderFunctionArgs) {
  await requireSuperAdmin(args)
  return backToWebhook(args, organizationWebhooks.to)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  return sendFailedByForm(args, ctx, organizationWebhooks.to)
}
