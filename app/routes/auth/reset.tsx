import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { requestPasswordResetInput } from '~/domain/accounts/account'
import { requestPasswordReset } from '~/domain/accounts/request-password-reset.server'
import { parseForm } from '~/platform/forms'
import { requireVisitor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { failedForm } from '~/platform/responses'
import { AuthPage } from '~/ui/accounts/auth-page'
import { SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { TextField } from '~/ui/field'
import { FormErrors } from '~/ui/form-layout'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Reset your password' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireVisitor(args)
  return { sent: new URL(args.request.url).searchParams.has('sent') }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const form = await parseForm(args.request, requestPasswordResetInput)
  if (!form.ok) return form.response
  const result = await requestPasswordReset(ctx, form.value)
  if (!result.ok) return failedForm(form, result.error)
  return redirect(`${paths.auth.reset}?sent`, 303)
}

export default function Reset() {
  const { sent } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'reset', lastResult: useActionData<typeof action>()?.form })
  const footer = <TextLink to={paths.auth.login()}>Back to log in</TextLink>
  if (sent) {
    return (
      <AuthPage title="Check your email" footer={footer}>
        <Callout tone="green">
          If this account exists, we have sent instructions to reset its password.
        </Callout>
        <p className="text-muted">
          Nothing arrived after some minutes? Look into the spam folder, or{' '}
          <TextLink to={paths.auth.reset}>ask again</TextLink>.
        </p>
      </AuthPage>
    )
  }
  return (
    <AuthPage
      title="Reset your password"
      description="We send you a link with which you can choose a new one."
      footer={footer}
    >
      <Form {...form.props} className="flex flex-col gap-4">
        <FormErrors errors={form.errors} />
        <TextField
          {...form.field('email')}
          label="Email address"
          type="email"
          autoComplete="username"
          required
        />
        <SubmitButton>Reset</SubmitButton>
      </Form>
    </AuthPage>
  )
}
