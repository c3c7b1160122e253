// Moves a guide of a product.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { moveGuide } from '~/domain/catalog/move-guide.server'
import { moveInput } from '~/domain/catalog/product'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  idParam(args, 'gde', 'guideId')
  return redirect(paths.admin.product(productId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const guideId = idParam(args, 'gde', 'guideId')
  const form = await parseForm(args.request, moveInput)
  if (!form.ok) throw notFound()
  return respond(args, await moveGuide(ctx, productId, guideId, form.value), {
    redirectTo: paths.admin.product(productId),
    notice: ({ title }) => `${title} is moved`,
  })
}
