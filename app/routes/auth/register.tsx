import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { registerDeveloperInput } from '~/domain/accounts/account'
import { type LookedUpCode, lookUpInviteCode } from '~/domain/accounts/look-up-invite-code.server'
import { type Registration, registerDeveloper } from '~/domain/accounts/register-developer.server'
import { parseForm } from '~/platform/forms'
import { requireVisitor } from '~/platform/guards'
import { landingPath } from '~/platform/landing'
import { paths } from '~/platform/paths'
import { failedForm } from '~/platform/responses'
import { AuthPage } from '~/ui/accounts/auth-page'
import { NewPasswordFields } from '~/ui/accounts/new-password-fields'
import { PersonFields } from '~/ui/accounts/person-fields'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { TextField } from '~/ui/field'
import { FormErrors, FormFields } from '~/ui/form-layout'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Create an account' }]

const outcomes = {
  active: "You've successfully registered. You can now log in.",
  pending: "Your registration request has been sent. You'll receive an email once it's been approved.",
  'active-unverified':
    "You've successfully registered. Confirm your email address with the link that we have sent you, then log in.",
  'pending-unverified':
    "Your registration request has been sent. Confirm your email address with the link that we have sent you. You'll receive an email once your registration has been approved.",
}
type Outcome = keyof typeof outcomes

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireVisitor(args)
  if (ctx.actor.type !== 'visitor') throw redirect(landingPath(ctx.actor.type), 303)
  const { settings } = await args.context.scope.viewer()
  const params = new URL(args.request.url).searchParams
  const outcome = params.get('registered') ?? ''
  const code = params.get('code')?.trim().slice(0, 80) || null
  return {
    enabled: settings.registrationEnabled,
    minLength: settings.passwordMinLength,
    code,
    leadsTo: code && settings.registrationEnabled ? await lookUpInviteCode(ctx, code) : null,
    outcome: Object.hasOwn(outcomes, outcome) ? (outcome as Outcome) : null,
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const form = await parseForm(args.request, registerDeveloperInput)
  if (!form.ok) return form.response
  const result = await registerDeveloper(ctx, form.value)
  if (!result.ok) return failedForm(form, result.error)
  return redirect(`${paths.auth.register}?registered=${outcomeOf(result.value)}`, 303)
}

function outcomeOf({ state, mustVerifyEmail }: Registration): Outcome {
  return mustVerifyEmail ? `${state}-unverified` : state
}

export default function Register() {
  const { enabled, outcome } = useLoaderData<typeof loader>()
  const footer = (
    <>
      Registered already? <TextLink to={paths.auth.login()}>Log in</TextLink>
    </>
  )
  if (outcome) {
    return (
      <AuthPage title={outcome.startsWith('active') ? 'Your account is ready' : 'Request sent'}>
        <Callout tone="green">{outcomes[outcome]}</Callout>
        {outcome === 'active' ? (
          <ButtonLink to={paths.auth.login()} variant="primary">
            Log in
          </ButtonLink>
        ) : (
          <ButtonLink to={paths.home}>Go to the home page</ButtonLink>
        )}
      </AuthPage>
    )
  }
  if (!enabled) {
    return (
      <AuthPage title="Create an account" footer={footer}>
        <Callout tone="amber" title="Registration is not allowed">
          Ask the people who run this portal for an account.
        </Callout>
      </AuthPage>
    )
  }
  return (
    <AuthPage title="Create an account" footer={footer}>
      <RegisterForm />
    </AuthPage>
  )
}

function RegisterForm() {
  const { code, leadsTo, minLength } = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'register',
    lastResult: useActionData<typeof action>()?.form,
    ...(code ? { defaultValue: { inviteCode: code } } : {}),
  })
  return (
    <Form {...form.props} className="flex flex-col gap-4">
      {leadsTo && <CodeNote leadsTo={leadsTo} />}
      <FormErrors errors={form.errors} />
      <FormFields>
        <PersonFields field={form.field} own />
        <NewPasswordFields field={form.field} minLength={minLength} label="Password" />
        <TextField
          {...form.field('inviteCode')}
          label="Invite code"
          optional
          readOnly={code !== null}
          autoComplete="off"
          {...(code ? { defaultValue: code, hint: 'Your invitation brought this code along.' } : {})}
        />
      </FormFields>
      <SubmitButton>Register to developer portal</SubmitButton>
    </Form>
  )
}

function CodeNote({ leadsTo }: { leadsTo: LookedUpCode }) {
  if (!leadsTo.usable) {
    return (
      <Callout tone="amber" title="This invite code cannot be used (any more)">
        Ask for a new one, or <TextLink to={paths.auth.register}>register without a code</TextLink>.
      </Callout>
    )
  }
  const { organizationName, teamName, isDefaultTeam } = leadsTo
  return (
    <Callout tone="blue">
      {isDefaultTeam
        ? `You join the organization ${organizationName}.`
        : `You join the team ${teamName} of the organization ${organizationName}.`}
    </Callout>
  )
}
