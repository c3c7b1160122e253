import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { mailChoices } from '~/domain/accounts/mail-choices'
import { unsubscribe } from '~/domain/accounts/unsubscribe.server'
import { openUnsubscribe } from '~/domain/accounts/unsubscribe-link'
import { errorStatus } from '~/domain/kernel/errors'
import { requireVisitor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { AuthPage } from '~/ui/accounts/auth-page'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'

export { withoutReferrer as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Unsubscribe' }]

/** Reading changes nothing: programs that look for harm open every link of a mail. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireVisitor(args)
  const { searchParams } = new URL(args.request.url)
  const opened = await openUnsubscribe(ctx, searchParams.get('token') ?? '')
  const what = opened && (opened.choice === 'all' ? 'Your daily digest' : mailChoices[opened.choice].label)
  return { done: searchParams.has('done'), what }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const result = await unsubscribe(ctx, new URL(args.request.url).searchParams.get('token') ?? '')
  if (!result.ok) return data({ problem: result.error.message }, { status: errorStatus[result.error.code] })
  return redirect(`${paths.unsubscribe}?done`, 303)
}

export default function Unsubscribe() {
  const { done, what } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()?.problem
  const toProfile = <ButtonLink to={paths.dashboard.profile}>Choose your mails</ButtonLink>
  if (done) {
    return (
      <AuthPage title="Unsubscribe">
        <Callout tone="green">
          You will not get mails like this one any more. Notices that guard your account are always sent.
        </Callout>
        {toProfile}
      </AuthPage>
    )
  }
  if (problem || what === null) {
    return (
      <AuthPage title="Unsubscribe">
        <Callout tone="amber" title="This link cannot be used">
          {problem ?? 'It is not complete, or too old. Choose your mails on your profile.'}
        </Callout>
        {toProfile}
      </AuthPage>
    )
  }
  return (
    <AuthPage title="Unsubscribe" description="One press, and you get no more mails of this kind.">
      <p className="font-medium">{what}</p>
      <Form method="post">
        <SubmitButton className="w-full">Unsubscribe</SubmitButton>
      </Form>
    </AuthPage>
  )
}
