import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { canDeactivate, deactivateUserInput } from '~/domain/accounts/account'
import { deactivateUser } from '~/domain/accounts/deactivate-user.server'
import { deletionPreview } from '~/domain/accounts/deletion-preview.server'
import { getUser } from '~/domain/accounts/queries-user.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { FormPage } from '~/ui/form-page'
import { ReasonField } from '~/ui/reason-field'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Deactivate user' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  const user = await orNotFound(getUser(ctx, userId))
  // Decided meanwhile: the user's page tells how.
  if (!canDeactivate(user.state)) throw redirect(paths.admin.user(userId), 303)
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    personalApps: user.apps.filter((app) => app.visibility === 'personal').length,
    sessions: user.sessions.length,
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const userId = idParam(args, 'usr', 'userId')
  if (!(await deletionPreview(ctx, userId))) throw notFound()
  const form = await parseForm(args.request, deactivateUserInput)
  if (!form.ok) return form.response
  const result = await deactivateUser(ctx, userId, form.value)
  if (!result.ok && result.error.code === 'already_decided') {
    return redirectWithNotice(args, paths.admin.user(userId), result.error.message, 'error')
  }
  return respond(args, result, {
    form,
    redirectTo: paths.admin.user(userId),
    notice: ({ name }) => `${name} is deactivated`,
  })
}

export default function DeactivateUser() {
  const user = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'deactivate', lastResult: useActionData<{ form: unknown }>()?.form })
  const consequences = [
    `${user.name} cannot log in any more and gets a mail that says so.`,
    user.sessions > 0
      ? `${user.sessions === 1 ? 'The open session ends' : `All ${user.sessions} open sessions end`} at once.`
      : '',
    user.personalApps > 0
      ? `The keys of ${user.personalApps === 1 ? 'one personal app' : `${user.personalApps} personal apps`} stop working within seconds, until the account is active again. Shared apps go on.`
      : '',
  ]
  return (
    <FormPage
      title="Deactivate user"
      breadcrumbs={[
        { label: 'Users', to: paths.admin.users },
        { label: user.name, to: paths.admin.user(user.id) },
      ]}
      description={user.email}
      form={form}
      submit="Deactivate user"
      danger
      cancelTo={paths.admin.user(user.id)}
    >
      <p className="max-w-text text-muted">{consequences.filter(Boolean).join(' ')}</p>
      <ReasonField form={form} hint="The mail and this page show it." />
    </FormPage>
  )
}
