import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { resynchronizeGateway } from '~/domain/gateway/resynchronize-gateway.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.gateways)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const gatewayId = idParam(args, 'gwy', 'gatewayId')
  return respond(args, await resynchronizeGateway(ctx, gatewayId), {
    redirectTo: paths.admin.gateway(gatewayId),
    notice: ({ name }) => `${name} is told of every key again`,
  })
}
