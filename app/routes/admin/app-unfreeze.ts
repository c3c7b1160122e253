// The item **Unfreeze**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { unfreezeApp } from '~/domain/apps/unfreeze-app.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  return redirect(paths.admin.app(appId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  return respond(args, await unfreezeApp(ctx, appId), {
    redirectTo: paths.admin.app(appId),
    notice: ({ name }) => `${name} is unfrozen: its keys work again`,
  })
}
