// The button **Unfreeze all apps**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { unfreezeOrganization } from '~/domain/organizations/unfreeze-organization.server'
import { requireSuperAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireSuperAdmin(args)
  return redirect(paths.dashboard.organization, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  return respond(args, await unfreezeOrganization(ctx), {
    redirectTo: paths.dashboard.organization,
    notice: 'The apps are unfrozen: their keys work again',
  })
}
