import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData } from '@remix-run/react'
import { beginAuthenticator } from '~/domain/accounts/begin-authenticator.server'
import { beginAuthenticatorInput } from '~/domain/accounts/second-factor'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { PasswordField } from '~/ui/password-field'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Set up app' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args, { during: 'enrolment' })
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args, { during: 'enrolment' })
  const form = await parseForm(args.request, beginAuthenticatorInput)
  if (!form.ok) return form.response
  return respond(args, await beginAuthenticator(ctx, form.value), {
    form,
    redirectTo: paths.dashboard.confirmAuthenticator,
  })
}

export default function AddAuthenticator() {
  const form = useServerForm({ id: 'add-app', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <FormPage
      title="Set up app"
      breadcrumbs={[
        { label: 'Profile', to: paths.dashboard.profile },
        { label: 'Two-factor authentication', to: paths.dashboard.twoFactor },
      ]}
      description="You need an authenticator app, such as the one of your password manager. The next page shows a QR code for it."
      form={form}
      submit="Continue"
      cancelTo={paths.dashboard.twoFactor}
    >
      <FormFields>
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
