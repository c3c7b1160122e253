// The button **Publish** of a guide.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { publishGuide } from '~/domain/catalog/publish-guide.server'
import { parseId } from '~/domain/kernel/ids'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const productId = parseId('prd', args.params.productId)
  const guideId = parseId('gde', args.params.guideId)
  if (!productId || !guideId) throw notFound()
  return redirect(paths.admin.guide(productId, guideId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = parseId('prd', args.params.productId)
  const guideId = parseId('gde', args.params.guideId)
  if (!productId || !guideId) throw notFound()
  return respond(args, await publishGuide(ctx, productId, guideId), {
    redirectTo: paths.admin.guide(productId, guideId),
    notice: ({ title }) => `${title} is published`,
  })
}
