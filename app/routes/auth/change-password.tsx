import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { changePasswordInput } from '~/domain/accounts/account'
import { changePassword } from '~/domain/accounts/change-password.server'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { landingPath } from '~/platform/landing'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { AuthPage } from '~/ui/accounts/auth-page'
import { NewPasswordFields } from '~/ui/accounts/new-password-fields'
import { Button, SubmitButton } from '~/ui/button'
import { FormErrors, FormFields } from '~/ui/form-layout'
import { PasswordField } from '~/ui/password-field'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Change your password' }]

export async function loader(args: LoaderFunctionArgs) {
  const { actor } = await requireUser(args, { during: 'password_change' })
  const { settings, mustChangePassword } = await args.context.scope.viewer()
  return { forced: mustChangePassword, email: actor.email, minLength: settings.passwordMinLength }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args, { during: 'password_change' })
  const form = await parseForm(args.request, changePasswordInput)
  if (!form.ok) return form.response
  const result = await changePassword(ctx, form.value)
  const { mustChangePassword } = await args.context.scope.viewer()
  return respond(args, result, {
    form,
    redirectTo: mustChangePassword ? landingPath(ctx.actor.type) : paths.dashboard.profile,
    notice: 'Your password has been changed. You are logged out everywhere else.',
  })
}

export default function ChangePassword() {
  const { forced, email, minLength } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'change-password', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <AuthPage
      title="Change your password"
      {...(forced ? { description: 'Choose a password of your own before you go on.' } : {})}
      footer={
        forced ? (
          <Form method="post" action={paths.auth.logout} reloadDocument>
            <Button type="submit" variant="quiet" size="sm">
              Log out
            </Button>
          </Form>
        ) : (
          <TextLink to={paths.dashboard.profile}>Back to your profile</TextLink>
        )
      }
    >
      <Form {...form.props} className="flex flex-col gap-4">
        <FormErrors errors={form.errors} />
        {/* Password managers find the account by it. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <FormFields>
          <PasswordField
            {...form.field('currentPassword')}
            label="Current password"
            autoComplete="current-password"
            required
          />
          <NewPasswordFields field={form.field} minLength={minLength} />
        </FormFields>
        <SubmitButton>Change password</SubmitButton>
      </Form>
    </AuthPage>
  )
}
