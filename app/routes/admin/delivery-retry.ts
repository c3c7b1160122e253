import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { retryDelivery } from '~/domain/notifications/retry-delivery.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.deliveries)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const deliveryId = idParam(args, 'dlv', 'deliveryId')
  const result = await retryDelivery(ctx, deliveryId)
  return respond(args, result, {
    redirectTo: paths.admin.delivery(deliveryId),
    notice: 'It is being tried now',
  })
}
