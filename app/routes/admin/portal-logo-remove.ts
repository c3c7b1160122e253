// The button **Remove logo**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { setPortalLogo } from '~/domain/settings/set-portal-logo.server'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.logo, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  return respond(args, await setPortalLogo(ctx, null), {
    redirectTo: paths.admin.logo,
    notice: ({ changed }) => (changed ? 'The logo is removed' : 'There is no logo'),
  })
}
