// Bulk action of the list: sends (again) the invitations of the ticked people.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { inviteUsers } from '~/domain/accounts/invite-users.server'
import { chosenUsersInput, usersNotice } from '~/domain/accounts/many-users'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { userChoice } from '~/platform/user-choice'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.users, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, chosenUsersInput)
  if (!form.ok) return userChoice.refuse(args, form)
  const outcome = await inviteUsers(ctx, form.value.id)
  return userChoice.back(
    args,
    form.value.returnTo,
    outcome,
    usersNotice(outcome, ['is invited', 'are invited']),
  )
}
