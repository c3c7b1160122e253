import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { logInInput } from '~/domain/accounts/account'
import { logIn } from '~/domain/accounts/log-in.server'
import { askForSecondFactor, enter, returnToOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireVisitor } from '~/platform/guards'
import { landingPath } from '~/platform/landing'
import { paths } from '~/platform/paths'
import { failedForm } from '~/platform/responses'
import { AuthPage } from '~/ui/accounts/auth-page'
import { PasskeyButton } from '~/ui/accounts/passkey-button'
import { Button, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { TextField } from '~/ui/field'
import { FormErrors, FormFields } from '~/ui/form-layout'
import { PasswordField } from '~/ui/password-field'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Log in' }]

export async function loader(args: LoaderFunctionArgs) {
  const { actor } = await requireVisitor(args)
  const { settings } = await args.context.scope.viewer()
  // A developer may not read a hidden portal, so being logged in leads nowhere but here.
  const stuck = actor.type === 'developer' && settings.visibility === 'hidden'
  if (actor.type !== 'visitor' && !stuck) {
    throw redirect(landingPath(actor.type, new URL(args.request.url).searchParams.get('returnTo')), 303)
  }
  return {
    about: `Log in to ${settings.portalName}.`,
    closed: settings.visibility === 'hidden' || !settings.signInEnabled,
    isPrivate: settings.visibility === 'private',
    stuck,
    returnTo: returnToOf(args),
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const form = await parseForm(args.request, logInInput)
  if (!form.ok) return form.response
  const result = await logIn(ctx, form.value, await args.context.scope.sessionTokenHash())
  if (!result.ok) return failedForm(form, result.error)
  return 'challengeToken' in result.value ? askForSecondFactor(args, result.value) : enter(args, result.value)
}

export default function LogIn() {
  const { closed, isPrivate, stuck, returnTo } = useLoaderData<typeof loader>()
  const { registrationEnabled } = useRootData()
  const form = useServerForm({ id: 'log-in', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <AuthPage
      title="Log in"
      footer={
        registrationEnabled && !closed ? (
          <>
            New here? <TextLink to={paths.auth.register}>Create an account</TextLink>
          </>
        ) : null
      }
    >
      {closed && (
        <Callout tone="amber" title="This portal is disabled">
          Only admins can log in at the moment.
        </Callout>
      )}
      {!closed && isPrivate && (
        <Callout tone="blue" title="This portal is private">
          Log in to see its APIs.
        </Callout>
      )}
      {stuck ? (
        <Form method="post" action={paths.auth.logout} reloadDocument>
          <Button type="submit">Log out</Button>
        </Form>
      ) : (
        <Form {...form.props} className="flex flex-col gap-4">
          <FormErrors errors={form.errors} />
          <FormFields>
            <TextField
              {...form.field('email')}
              label="Email address"
              type="email"
              autoComplete="username"
              required
            />
            <PasswordField
              {...form.field('password')}
              label="Password"
              autoComplete="current-password"
              required
            />
          </FormFields>
          <SubmitButton>Log in</SubmitButton>
          <p className="text-center">
            <TextLink to={paths.auth.reset}>Forgot password?</TextLink>
          </p>
        </Form>
      )}
      {!stuck && (
        <Form
          method="post"
          action={paths.auth.passkey({ returnTo })}
          className="flex flex-col gap-4 border-t border-line pt-5 noscript:hidden"
        >
          <PasskeyButton from={{ askTo: paths.auth.passkeyChallenge }}>Log in with a passkey</PasskeyButton>
        </Form>
      )}
    </AuthPage>
  )
}
