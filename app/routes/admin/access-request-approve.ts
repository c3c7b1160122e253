import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.accessRequests, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const requestId = idParam(args, 'req', 'requestId')
  return respond(args, await approveAccessRequest(ctx, requestId), {
    redirectTo: paths.admin.accessRequest(requestId),
    notice: 'Request approved',
  })
}
