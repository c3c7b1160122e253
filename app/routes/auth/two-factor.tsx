import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { findChallenge } from '~/domain/accounts/login-challenge.server'
import { passSecondFactor } from '~/domain/accounts/pass-second-factor.server'
import { proveFactorInput } from '~/domain/accounts/second-factor'
import { clearedChallengeCookieHeader } from '~/platform/cookies'
import { challengeTokenOf, enter, returnToOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireVisitor } from '~/platform/guards'
import { landingPath } from '~/platform/landing'
import { answerOptions } from '~/platform/passkeys'
import { paths } from '~/platform/paths'
import { failedForm, redirectWithNotice } from '~/platform/responses'
import { AuthPage } from '~/ui/accounts/auth-page'
import { FactorCodeField } from '~/ui/accounts/factor-code-field'
import { PasskeyButton } from '~/ui/accounts/passkey-button'
import { SubmitButton } from '~/ui/button'
import { FormErrors, FormFields } from '~/ui/form-layout'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Two-factor authentication' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireVisitor(args)
  const returnTo = returnToOf(args)
  if (ctx.actor.type !== 'visitor') throw redirect(landingPath(ctx.actor.type, returnTo), 303)
  const challenge = await findChallenge(ctx, challengeTokenOf(args))
  if (!challenge) throw redirect(paths.auth.login({ returnTo }), 303)
  return {
    returnTo,
    recovery: new URL(args.request.url).searchParams.get('with') === 'recovery' || !challenge.hasApp,
    hasApp: challenge.hasApp,
    passkeyOptions:
      challenge.challenge && challenge.passkeys.length > 0
        ? answerOptions(ctx.origin, { challenge: challenge.challenge, known: challenge.passkeys })
        : null,
    hasRecoveryCodes: challenge.recoveryCodes > 0,
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const form = await parseForm(args.request, proveFactorInput)
  if (!form.ok) return form.response
  const endedSession = await args.context.scope.sessionTokenHash()
  const result = await passSecondFactor(ctx, challengeTokenOf(args), form.value, endedSession)
  if (result.ok) return enter(args, result.value)
  if (result.error.code !== 'token_invalid') return failedForm(form, result.error)
  args.context.scope.setCookies.push(clearedChallengeCookieHeader())
  const login = paths.auth.login({ returnTo: returnToOf(args) })
  return redirectWithNotice(args, login, result.error.message, 'error')
}

export default function TwoFactor() {
  const { returnTo, recovery, hasApp, hasRecoveryCodes, passkeyOptions } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'two-factor', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <AuthPage
      title="Two-factor authentication"
      description={
        recovery
          ? 'Enter one of the recovery codes that you have kept. Each works once.'
          : 'Enter the code that your authenticator app shows for this portal.'
      }
      footer={
        <>
          Not you? <TextLink to={paths.auth.login({ returnTo })}>Log in again</TextLink>
        </>
      }
    >
      <Form {...form.props} className="flex flex-col gap-4">
        <FormErrors errors={form.errors} />
        <FormFields>
          <FactorCodeField {...form.field('factorCode')} kind={recovery ? 'recovery' : 'app'} autoFocus />
        </FormFields>
        <SubmitButton>Log in</SubmitButton>
        {passkeyOptions && <PasskeyButton from={{ options: passkeyOptions }}>Use a passkey</PasskeyButton>}
        <p className="text-center">
          {recovery
            ? hasApp && <TextLink to={paths.auth.twoFactor({ returnTo })}>Use a code of your app</TextLink>
            : hasRecoveryCodes && (
                <TextLink to={paths.auth.twoFactor({ returnTo, with: 'recovery' })}>
                  Use a recovery code
                </TextLink>
              )}
        </p>
      </Form>
    </AuthPage>
  )
}
