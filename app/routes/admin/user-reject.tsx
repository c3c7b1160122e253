import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { canReject, rejectDeveloperInput } from '~/domain/accounts/account'
import { getUser } from '~/domain/accounts/queries-user.server'
import { rejectDeveloper } from '~/domain/accounts/reject-developer.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { FormPage } from '~/ui/form-page'
import { ReasonField } from '~/ui/reason-field'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Reject registration' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const user = await orNotFound(getUser(ctx, userId))
  // Decided meanwhile: the user's page tells how.
  if (user.role !== 'developer' || !canReject(user.state)) throw redirect(paths.admin.user(userId), 303)
  return { id: user.id, name: user.name, email: user.email }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const form = await parseForm(args.request, rejectDeveloperInput)
  if (!form.ok) return form.response
  const result = await rejectDeveloper(ctx, userId, form.value)
  // There is nothing left to correct in the form, so the user's page shows what happened and by whom.
  if (!result.ok && result.error.code === 'already_decided') {
    return redirectWithNotice(args, paths.admin.user(userId), result.error.message, 'error')
  }
  return respond(args, result, {
    form,
    redirectTo: paths.admin.user(userId),
    notice: ({ name }) => `The registration of ${name} is rejected`,
  })
}

export default function RejectUser() {
  const user = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'reject-user', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <FormPage
      title="Reject registration"
      breadcrumbs={[
        { label: 'Users', to: paths.admin.users },
        { label: user.name, to: paths.admin.user(user.id) },
      ]}
      description={`${user.name} (${user.email}) will not be able to log in, and gets a mail that says so.`}
      form={form}
      submit="Reject registration"
      danger
      cancelTo={paths.admin.user(user.id)}
    >
      <ReasonField form={form} hint="The developer reads it in the mail." />
    </FormPage>
  )
}
