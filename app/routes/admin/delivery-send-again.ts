import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { z } from 'zod'
import { deliveryChannels, deliveryStates } from '~/domain/notifications/deliveries'
import { sendDeliveryAgain } from '~/domain/notifications/send-delivery-again.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { withParam } from '~/ui/notifications/list-address'

/** The filter of the list that one pressed in. */
const listFilter = z.object({
  state: z.enum(deliveryStates).optional().catch(undefined),
  channel: z.enum(deliveryChannels).optional().catch(undefined),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.deliveries)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const deliveryId = idParam(args, 'dlv', 'deliveryId')
  const form = await parseForm(args.request, listFilter)
  const { state = null, channel = null } = form.ok ? form.value : {}
  const result = await sendDeliveryAgain(ctx, deliveryId)
  return respond(args, result, {
    redirectTo: withParam(withParam(paths.admin.deliveries, 'state', state), 'channel', channel),
    notice: 'It is being sent again',
  })
}
