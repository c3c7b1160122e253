// The button **Unpublish** of a guide.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { unpublishGuide } from '~/domain/catalog/unpublish-guide.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const guideId = idParam(args, 'gde', 'guideId')
  return redirect(paths.admin.guide(productId, guideId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const guideId = idParam(args, 'gde', 'guideId')
  return respond(args, await unpublishGuide(ctx, productId, guideId), {
    redirectTo: paths.admin.guide(productId, guideId),
    notice: ({ title }) => `${title} is a draft again`,
  })
}
