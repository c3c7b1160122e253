// The button **Remove logo**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { setProductLogo } from '~/domain/catalog/set-product-logo.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return redirect(paths.admin.product(productId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return respond(args, await setProductLogo(ctx, productId, null), {
    redirectTo: paths.admin.product(productId),
    notice: 'The logo is removed',
  })
}
