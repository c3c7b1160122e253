// The button **Publish**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { publishProduct } from '~/domain/catalog/publish-product.server'
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
  return respond(args, await publishProduct(ctx, productId), {
    redirectTo: paths.admin.product(productId),
    notice: ({ name }) => `${name} is published`,
  })
}
