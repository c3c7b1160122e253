import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { cartItemInput } from '~/domain/access-requests/cart'
import { removeFromCart } from '~/domain/access-requests/remove-from-cart.server'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { redirectWithNotice, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireDeveloper(args)
  return redirect(paths.cart, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const form = await parseForm(args.request, cartItemInput)
  if (!form.ok) return redirectWithNotice(args, paths.cart, 'Choose what to remove and try again.', 'error')
  return respond(args, await removeFromCart(ctx, form.value), {
    redirectTo: paths.cart,
    notice: 'Removed from your cart',
  })
}
