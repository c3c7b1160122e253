// The item **Unfreeze**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { unfreezeApp } from '~/domain/apps/unfreeze-app.server'
import { parseId } from '~/domain/kernel/ids'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireDeveloper(args)
  const appId = parseId('app', args.params['appId'])
  if (!appId) throw notFound()
  return redirect(paths.dashboard.app(appId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = parseId('app', args.params['appId'])
  if (!appId) throw notFound()
  return respond(args, await unfreezeApp(ctx, appId), {
    redirectTo: paths.dashboard.app(appId),
    notice: ({ name }) => `${name} is unfrozen: its keys work again`,
  })
}
