import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { activateInviteCode } from '~/domain/accounts/activate-invite-code.server'
import { parseId } from '~/domain/kernel/ids'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.inviteCodes, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const codeId = parseId('code', args.params.codeId)
  if (!codeId) throw notFound()
  return respond(args, await activateInviteCode(ctx, codeId), {
    redirectTo: paths.admin.inviteCodes,
    notice: ({ code }) => `The code ${code} is activated`,
  })
}
