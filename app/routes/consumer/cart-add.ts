import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { addToCart } from '~/domain/access-requests/add-to-cart.server'
import { cartItemInput } from '~/domain/access-requests/cart'
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
  if (!form.ok) {
    return redirectWithNotice(
      args,
      paths.catalogs,
      'Choose a product and its catalog, then add it again.',
      'error',
    )
  }
  const result = await addToCart(ctx, form.value)
  return respond(args, result, {
    redirectTo: paths.cart,
    notice: ({ productName }) => `${productName} is in your cart`,
  })
}
