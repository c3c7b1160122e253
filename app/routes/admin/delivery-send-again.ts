import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { sendDeliveryAgain } from '~/domain/notifications/send-delivery-again.server'
import { deliveryReturn } from '~/platform/delivery-return'
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
  const redirectTo = await deliveryReturn(args.request)
  const result = await sendDeliveryAgain(ctx, deliveryId)
  return respond(args, result, { redirectTo, notice: 'It is being sent again' })
}
