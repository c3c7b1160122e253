import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/cloudflare'
import { requireAdmin } from '~/platform/guards'
import { backToWebhook, sendFailedByForm } from '~/platform/webhook-pages'
import { portalWebhooks } from '~/platform/webhook-places'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return backToWebhook(args, portalWebhooks.to)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  return sendFailedByForm(args, ctx, portalWebhooks.to)
}
