import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { withdrawMemberInvitation } from '~/domain/accounts/withdraw-member-invitation.server'
import { parseId } from '~/domain/kernel/ids'
import { requireSuperAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireSuperAdmin(args)
  return redirect(paths.dashboard.users, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const userId = parseId('usr', args.params['userId'])
  if (!userId) throw notFound()
  return respond(args, await withdrawMemberInvitation(ctx, userId), {
    redirectTo: paths.dashboard.users,
    notice: ({ name }) => `The invitation of ${name} is withdrawn`,
  })
}
