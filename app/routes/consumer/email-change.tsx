import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requestEmailChangeInput } from '~/domain/accounts/account'
import { requestEmailChange } from '~/domain/accounts/request-email-change.server'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { TextField } from '~/ui/field'
import { FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { PasswordField } from '~/ui/password-field'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Change address' }]

export async function loader(args: LoaderFunctionArgs) {
  const { actor } = await requireUser(args)
  return { email: actor.email }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const form = await parseForm(args.request, requestEmailChangeInput)
  if (!form.ok) return form.response
  return respond(args, await requestEmailChange(ctx, form.value), {
    form,
    redirectTo: paths.dashboard.profile,
    notice: ({ email }) => `We have sent a link to ${email}. Open it to confirm the address.`,
  })
}

export default function ChangeEmail() {
  const { email } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'change-email', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <FormPage
      title="Change address"
      breadcrumbs={[{ label: 'Profile', to: paths.dashboard.profile }]}
      description={`Now: ${email}. The new one counts once you open the link that we send there.`}
      form={form}
      submit="Send link"
      cancelTo={paths.dashboard.profile}
    >
      <FormFields>
        <TextField
          {...form.field('email')}
          label="New email address"
          type="email"
          autoComplete="email"
          required
        />
        <PasswordField
          {...form.field('currentPassword')}
          label="Current password"
          autoComplete="current-password"
          required
        />
      </FormFields>
    </FormPage>
  )
}
