// The button **Remove logo**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { setProductLogo } from '~/domain/catalog/set-product-logo.server'
import { parseId } from '~/domain/kernel/ids'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const productId = parseId('prd', args.params.productId)
  if (!productId) throw notFound()
  return redirect(paths.admin.product(productId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = parseId('prd', args.params.productId)
  if (!productId) throw notFound()
  return respond(args, await setProductLogo(ctx, productId, null), {
    redirectTo: paths.admin.product(productId),
    notice: 'The logo is removed',
  })
}
