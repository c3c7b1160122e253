import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { confirmEmailChange } from '~/domain/accounts/confirm-email-change.server'
import { errorStatus } from '~/domain/kernel/errors'
import { requireVisitor } from '~/platform/guards'
import { forgetLinkToken, moveTokenOutOfAddress, readLinkToken } from '~/platform/link-token'
import { paths } from '~/platform/paths'
import { errorHeaders } from '~/platform/responses'
import { AuthPage } from '~/ui/accounts/auth-page'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'

export { withoutReferrer as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Confirm your new email address' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireVisitor(args)
  const moved = moveTokenOutOfAddress(args, 'email_change')
  if (moved) throw moved
  return {
    done: new URL(args.request.url).searchParams.has('done'),
    hasLink: readLinkToken(args.request, 'email_change') !== null,
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const token = readLinkToken(args.request, 'email_change') ?? ''
  const result = await confirmEmailChange(ctx, { token })
  if (!result.ok) {
    return data(
      { problem: result.error.message },
      { status: errorStatus[result.error.code], headers: errorHeaders(result.error) },
    )
  }
  forgetLinkToken(args, 'email_change')
  return redirect(`${paths.auth.confirmEmail}?done`, 303)
}

export default function ConfirmEmail() {
  const { done, hasLink } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()?.problem
  const title = 'Confirm your new email address'
  const toProfile = <ButtonLink to={paths.dashboard.profile}>Go to your profile</ButtonLink>
  if (done) {
    return (
      <AuthPage title={title}>
        <Callout tone="green">Your email address has been changed. Log in with it from now on.</Callout>
        {toProfile}
      </AuthPage>
    )
  }
  if (problem || !hasLink) {
    return (
      <AuthPage title={title}>
        <Callout tone="amber" title="This link cannot be used">
          {problem ?? 'It is not complete, or too old. Ask for the change again on your profile.'}
        </Callout>
        {toProfile}
      </AuthPage>
    )
  }
  return (
    <AuthPage title={title} description="One press, and this address belongs to your account.">
      <Form method="post">
        <SubmitButton className="w-full">Confirm new address</SubmitButton>
      </Form>
    </AuthPage>
  )
}
