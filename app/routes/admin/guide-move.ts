// Moves a guide of a product.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { moveGuide } from '~/domain/catalog/move-guide.server'
import { moveInput } from '~/domain/catalog/product'
import { parseId } from '~/domain/kernel/ids'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const productId = parseId('prd', args.params.productId)
  const guideId = parseId('gde', args.params.guideId)
  if (!productId || !guideId) throw notFound()
  return redirect(paths.admin.product(productId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = parseId('prd', args.params.productId)
  const guideId = parseId('gde', args.params.guideId)
  if (!productId || !guideId) throw notFound()
  const form = await parseForm(args.request, moveInput)
  if (!form.ok) throw notFound()
  return respond(args, await moveGuide(ctx, productId, guideId, form.value), {
    redirectTo: paths.admin.product(productId),
    notice: ({ title }) => `${title} is moved`,
  })
}
