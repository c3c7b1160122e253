import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { inviteUser } from '~/domain/accounts/invite-user.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  return redirect(paths.admin.user(userId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  return respond(args, await inviteUser(ctx, userId), {
    redirectTo: paths.admin.user(userId),
    notice: ({ email }) => `Invitation sent to ${email}`,
  })
}
