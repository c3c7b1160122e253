import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { inviteUser } from '~/domain/accounts/invite-user.server'
import { parseId } from '~/domain/kernel/ids'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const userId = parseId('usr', args.params.userId)
  if (!userId) throw notFound()
  return redirect(paths.admin.user(userId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = parseId('usr', args.params.userId)
  if (!userId) throw notFound()
  return respond(args, await inviteUser(ctx, userId), {
    redirectTo: paths.admin.user(userId),
    notice: ({ email }) => `Invitation sent to ${email}`,
  })
}
