import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { resetPasswordInput } from '~/domain/accounts/account'
import { checkResetLink, resetPassword } from '~/domain/accounts/reset-password.server'
import { errorStatus } from '~/domain/kernel/errors'
import { parseForm } from '~/platform/forms'
import { requireVisitor } from '~/platform/guards'
import { moveTokenOutOfAddress, readLinkToken } from '~/platform/link-token'
import { paths } from '~/platform/paths'
import { failedForm } from '~/platform/responses'
import { AuthPage } from '~/ui/accounts/auth-page'
import { NewPasswordFields } from '~/ui/accounts/new-password-fields'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { FormErrors, FormFields } from '~/ui/form-layout'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'

export { withoutReferrer as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Password reset' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireVisitor(args)
  const moved = moveTokenOutOfAddress(args, 'password_reset')
  if (moved) throw moved
  const { settings } = await args.context.scope.viewer()
  const page = {
    done: false,
    problem: null as string | null,
    minLength: settings.passwordMinLength,
    redemptionId: crypto.randomUUID(),
  }
  if (new URL(args.request.url).searchParams.has('done')) return { ...page, done: true }
  const link = await checkResetLink(ctx, readLinkToken(args.request, 'password_reset') ?? '')
  if (link.ok) return page
  return data({ ...page, problem: link.error.message }, { status: errorStatus[link.error.code] })
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const form = await parseForm(args.request, resetPasswordInput)
  if (!form.ok) return form.response
  const token = readLinkToken(args.request, 'password_reset') ?? ''
  const result = await resetPassword(ctx, { ...form.value, token })
  if (!result.ok) return failedForm(form, result.error)
  // The cookie stays for a form that is sent twice; it opens nothing any more, and runs out by itself.
  return redirect(`${paths.auth.resetCode}?done`, 303)
}

export default function ResetCode() {
  const { done, problem, minLength, redemptionId } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'new-password', lastResult: useActionData<typeof action>()?.form })
  if (done) {
    return (
      <AuthPage title="Password reset">
        <Callout tone="green">Your password has been reset.</Callout>
        <ButtonLink to={paths.auth.login()} variant="primary">
          Log in again
        </ButtonLink>
      </AuthPage>
    )
  }
  if (problem) {
    return (
      <AuthPage title="Password reset">
        <Callout tone="amber" title="This link cannot be used">
          {problem}
        </Callout>
        <ButtonLink to={paths.auth.reset} variant="primary">
          Ask for a new link
        </ButtonLink>
      </AuthPage>
    )
  }
  return (
    <AuthPage
      title="Password reset"
      description="Choose a new password. You will be logged out everywhere."
      footer={<TextLink to={paths.auth.login()}>Back to log in</TextLink>}
    >
      <Form {...form.props} className="flex flex-col gap-4">
        <FormErrors errors={form.errors} />
        <input type="hidden" name="redemptionId" value={redemptionId} />
        <FormFields>
          <NewPasswordFields field={form.field} minLength={minLength} />
        </FormFields>
        <SubmitButton>Reset</SubmitButton>
      </Form>
    </AuthPage>
  )
}
