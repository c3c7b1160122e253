// Bulk action of the list: activates the ticked developers.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { activateUsers } from '~/domain/accounts/activate-users.server'
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
  const outcome = await activateUsers(ctx, form.value.id)
  return userChoice.back(
    args,
    form.value.returnTo,
    outcome,
    usersNotice(outcome, ['is activated', 'are activated']),
  )
}
