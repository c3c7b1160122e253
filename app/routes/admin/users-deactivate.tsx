import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { canDeactivate } from '~/domain/accounts/account'
import { deactivateUsers } from '~/domain/accounts/deactivate-users.server'
import { chosenUsersWithReasonInput, usersNotice } from '~/domain/accounts/many-users'
import { listChosenUsers } from '~/domain/accounts/queries-users.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { userChoice } from '~/platform/user-choice'
import { ChosenUsersForm } from '~/ui/accounts/chosen-users-form'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Deactivate users' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { ids, returnTo } = userChoice.inAddress(args)
  return { people: await listChosenUsers(ctx, ids), returnTo }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, chosenUsersWithReasonInput)
  if (!form.ok) return form.response
  const { id, reason, returnTo } = form.value
  const outcome = await deactivateUsers(ctx, id, { reason })
  return userChoice.back(args, returnTo, outcome, usersNotice(outcome, ['is deactivated', 'are deactivated']))
}

export default function DeactivateUsers() {
  const chosen = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'deactivate-users', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <ChosenUsersForm
      {...chosen}
      form={form}
      verb="Deactivate"
      noun="user"
      description="They are logged out everywhere at once and get a mail that says so. Keys of personal apps rest until the account is active again; shared apps go on."
      hint="Each mail and each user’s page show it."
      fits={canDeactivate}
      usersTo={paths.admin.users}
    />
  )
}
