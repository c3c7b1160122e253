import { type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { requireDeveloper } from '~/platform/guards'
import { paths } from '~/platform/paths'

export async function loader(args: LoaderFunctionArgs) {
  await requireDeveloper(args)
  return redirect(paths.dashboard.apps, 303)
}
