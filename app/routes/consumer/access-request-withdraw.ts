import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { withdrawAccessRequest } from '~/domain/access-requests/withdraw-access-request.server'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, redirectWithNotice } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireDeveloper(args)
  return redirect(paths.dashboard.apps, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const requestId = idParam(args, 'req', 'requestId')
  const result = await withdrawAccessRequest(ctx, requestId)
  if (result.ok) return redirectWithNotice(args, paths.dashboard.app(result.value.appId), 'Request withdrawn')
  if (result.error.code === 'not_found') throw notFound()
  return redirectWithNotice(args, paths.dashboard.apps, result.error.message, 'error')
}
