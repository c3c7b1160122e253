import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { withdrawMemberInvitation } from '~/domain/accounts/withdraw-member-invitation.server'
import { requireSuperAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireSuperAdmin(args)
  return redirect(paths.dashboard.users, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  return respond(args, await withdrawMemberInvitation(ctx, userId), {
    redirectTo: paths.dashboard.users,
    notice: ({ name }) => `The invitation of ${name} is withdrawn`,
  })
}
