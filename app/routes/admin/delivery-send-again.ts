import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { z } from 'zod'
import { deliveryStates } from '~/domain/notifications/deliveries'
import { sendDeliveryAgain } from '~/domain/notifications/send-delivery-again.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

/** The filter of the list that one pressed in. */
const listState = z.object({ state: z.enum(deliveryStates).optional().catch(undefined) })

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.deliveries)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const deliveryId = idParam(args, 'dlv', 'deliveryId')
  const form = await parseForm(args.request, listState)
  const state = form.ok ? form.value.state : undefined
  const result = await sendDeliveryAgain(ctx, deliveryId)
  return respond(args, result, {
    redirectTo: state ? `${paths.admin.deliveries}?state=${state}` : paths.admin.deliveries,
    notice: 'The mail is being sent again',
  })
}
