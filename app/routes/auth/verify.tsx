import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { verifyEmail } from '~/domain/accounts/verify-email.server'
import { errorStatus } from '~/domain/kernel/errors'
import { requireVisitor } from '~/platform/guards'
import { forgetLinkToken, moveTokenOutOfAddress, readLinkToken } from '~/platform/link-token'
import { paths } from '~/platform/paths'
import { errorHeaders } from '~/platform/responses'
import { AuthPage } from '~/ui/accounts/auth-page'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'

export { withoutReferrer as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Confirm your email address' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireVisitor(args)
  const moved = moveTokenOutOfAddress(args, 'email_verification')
  if (moved) throw moved
  const done = new URL(args.request.url).searchParams.get('done')
  return { done, hasLink: readLinkToken(args.request, 'email_verification') !== null }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const token = readLinkToken(args.request, 'email_verification') ?? ''
  const result = await verifyEmail(ctx, { token })
  if (!result.ok) {
    return data(
      { problem: result.error.message },
      { status: errorStatus[result.error.code], headers: errorHeaders(result.error) },
    )
  }
  forgetLinkToken(args, 'email_verification')
  return redirect(`${paths.auth.verify}?done=${result.value.state === 'pending' ? 'pending' : 'active'}`, 303)
}

export default function Verify() {
  const { done, hasLink } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()?.problem
  const logIn = (
    <ButtonLink to={paths.auth.login()} variant="primary">
      Log in
    </ButtonLink>
  )
  if (done) {
    return (
      <AuthPage title="Confirm your email address">
        <Callout tone="green">
          {done === 'pending'
            ? "Your email address is confirmed. You'll receive an email once your registration has been approved."
            : 'Your email address is confirmed. You can now log in.'}
        </Callout>
        {done === 'pending' ? <ButtonLink to={paths.home}>Go to the home page</ButtonLink> : logIn}
      </AuthPage>
    )
  }
  if (problem || !hasLink) {
    return (
      <AuthPage title="Confirm your email address">
        <Callout tone="amber" title="This link cannot be used">
          {problem ?? 'It is not complete, or too old.'} When you log in, we send you a new one.
        </Callout>
        {logIn}
      </AuthPage>
    )
  }
  return (
    <AuthPage
      title="Confirm your email address"
      description="One press, and we know that this address is yours."
    >
      <Form method="post">
        <SubmitButton className="w-full">Confirm email address</SubmitButton>
      </Form>
    </AuthPage>
  )
}
