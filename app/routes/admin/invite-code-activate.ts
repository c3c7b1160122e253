import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { activateInviteCode } from '~/domain/accounts/activate-invite-code.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.inviteCodes, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const codeId = idParam(args, 'code', 'codeId')
  return respond(args, await activateInviteCode(ctx, codeId), {
    redirectTo: paths.admin.inviteCodes,
    notice: ({ code }) => `The code ${code} is activated`,
  })
}
