import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { z } from 'zod'
import { idSchema } from '~/domain/kernel/ids'
import { deliveryFilter, maxDeliveriesAtOnce } from '~/domain/notifications/delivery-list'
import { listFailedDeliveries } from '~/domain/notifications/queries-deliveries.server'
import { sendDeliveriesAgain } from '~/domain/notifications/send-deliveries-again.server'
import { returnAddress } from '~/platform/delivery-return'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { redirectWithNotice } from '~/platform/responses'
import { countOf } from '~/ui/count-of'

/** The ticked ones, or all that failed in the list one comes from. */
const input = z.object({
  id: z.array(idSchema('dlv')).max(maxDeliveriesAtOnce).optional(),
  all: z.literal('on').optional(),
  returnTo: z.string().max(2000).optional(),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.deliveries)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, input)
  if (!form.ok)
    return redirectWithNotice(args, paths.admin.deliveries, 'Tick at least one delivery.', 'error')
  const to = returnAddress(form.value.returnTo)
  const { searchParams } = new URL(to, args.request.url)
  const ids = form.value.all
    ? await listFailedDeliveries(ctx, deliveryFilter(searchParams), maxDeliveriesAtOnce + 1)
    : (form.value.id ?? [])
  const count = await sendDeliveriesAgain(ctx, ids)
  if (count === 0)
    return redirectWithNotice(args, to, 'Nothing was sent again: none of them is given up.', 'error')
  const more = ids.length > maxDeliveriesAtOnce ? ' There are more: press again.' : ''
  return redirectWithNotice(args, to, `${countOf(count, 'delivery', 'deliveries')} sent again.${more}`)
}
