import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { createFirstAdminInput } from '~/domain/accounts/account'
import { createFirstAdmin, needsSetup } from '~/domain/accounts/create-first-admin.server'
import { parseForm } from '~/platform/forms'
import { requireVisitor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { setupTokenCheck } from '~/platform/setup-token'
import { AuthPage } from '~/ui/accounts/auth-page'
import { NewPasswordFields } from '~/ui/accounts/new-password-fields'
import { PersonFields } from '~/ui/accounts/person-fields'
import { SubmitButton } from '~/ui/button'
import { FormErrors, FormFields } from '~/ui/form-layout'
import { PasswordField } from '~/ui/password-field'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Set up the portal' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireVisitor(args)
  if (!(await needsSetup(ctx))) throw notFound()
  const { settings } = await args.context.scope.viewer()
  return { minLength: settings.passwordMinLength }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  if (!(await needsSetup(ctx))) throw notFound()
  const form = await parseForm(args.request, createFirstAdminInput)
  if (!form.ok) return form.response
  const result = await createFirstAdmin(ctx, form.value, setupTokenCheck(args.context.scope.env))
  return respond(args, result, {
    form,
    redirectTo: paths.auth.login(),
    notice: 'The portal is set up. Log in as its admin.',
  })
}

export default function Setup() {
  const { minLength } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'setup', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <AuthPage
      title="Set up the portal"
      description="Make the first admin. This page is gone once there is one."
    >
      <Form {...form.props} className="flex flex-col gap-4">
        <FormErrors errors={form.errors} />
        <FormFields>
          <PasswordField
            {...form.field('setupToken')}
            label="Set-up token"
            autoComplete="off"
            hint="The secret SETUP_TOKEN of this deployment."
            required
          />
          <PersonFields field={form.field} own />
          <NewPasswordFields field={form.field} minLength={minLength} label="Password" />
        </FormFields>
        <SubmitButton>Create admin</SubmitButton>
      </Form>
    </AuthPage>
  )
}
