// Where one comes back to after a press on a delivery: the list as it was filtered, or the delivery's own page.
import { z } from 'zod'
import { parseId } from '~/domain/kernel/ids'
import { deliveryFilter, deliveryParams } from '~/domain/notifications/delivery-list'
import { parseForm } from './forms'
import { paths } from './paths'

const input = z.object({ returnTo: z.string().max(2000).optional() })

export async function deliveryReturn(request: Request): Promise<string> {
  const form = await parseForm(request, input)
  return returnAddress(form.ok ? form.value.returnTo : undefined)
}

/** Made anew from what the address says, so that a form leads nowhere else. */
export function returnAddress(returnTo: string | undefined): string {
  const { pathname, searchParams } = new URL(returnTo ?? '', 'https://portal.invalid')
  const id = parseId('dlv', pathname.slice(paths.admin.deliveries.length + 1))
  if (id && pathname === paths.admin.delivery(id)) return pathname
  const search = new URLSearchParams(deliveryParams(deliveryFilter(searchParams))).toString()
  return search ? `${paths.admin.deliveries}?${search}` : paths.admin.deliveries
}
