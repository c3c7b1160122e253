import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData } from '@remix-run/react'
import { inviteAdminInput } from '~/domain/accounts/account'
import { inviteAdmin } from '~/domain/accounts/invite-admin.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { PersonFields } from '~/ui/accounts/person-fields'
import { FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Invite admin' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, inviteAdminInput)
  if (!form.ok) return form.response
  return respond(args, await inviteAdmin(ctx, form.value), {
    form,
    redirectTo: paths.admin.admins,
    notice: ({ email }) => `Invitation sent to ${email}`,
  })
}

export default function NewAdmin() {
  const form = useServerForm({ id: 'new-admin', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <FormPage
      title="Invite admin"
      breadcrumbs={[{ label: 'Admin users', to: paths.admin.admins }]}
      description="A mail brings a link, good for 7 days, to choose a password."
      form={form}
      submit="Send invite"
      cancelTo={paths.admin.admins}
    >
      <FormFields>
        <PersonFields field={form.field} />
      </FormFields>
    </FormPage>
  )
}
