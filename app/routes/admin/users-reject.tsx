import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { canReject } from '~/domain/accounts/account'
import { chosenUsersWithReasonInput, usersNotice } from '~/domain/accounts/many-users'
import { listChosenUsers } from '~/domain/accounts/queries-users.server'
import { rejectDevelopers } from '~/domain/accounts/reject-developers.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { userChoice } from '~/platform/user-choice'
import { ChosenUsersForm } from '~/ui/accounts/chosen-users-form'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Reject registrations' }]

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
  const outcome = await rejectDevelopers(ctx, id, { reason })
  return userChoice.back(args, returnTo, outcome, usersNotice(outcome, ['is rejected', 'are rejected']))
}

export default function RejectUsers() {
  const chosen = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'reject-users', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <ChosenUsersForm
      {...chosen}
      form={form}
      verb="Reject"
      noun="registration"
      description="They will not be able to log in, and get a mail that says so."
      hint="Each of them reads it in the mail."
      fits={canReject}
      usersTo={paths.admin.users}
    />
  )
}
