import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { acceptInvitation, checkInvitation } from '~/domain/accounts/accept-invitation.server'
import { acceptInvitationInput } from '~/domain/accounts/invitation'
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
import { useServerForm } from '~/ui/use-server-form'

export { withoutReferrer as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Complete your registration' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireVisitor(args)
  const moved = moveTokenOutOfAddress(args, 'invitation')
  if (moved) throw moved
  const { settings } = await args.context.scope.viewer()
  const page = {
    done: false,
    problem: null as string | null,
    invited: null as { email: string; organizationName: string | null } | null,
    minLength: settings.passwordMinLength,
    redemptionId: crypto.randomUUID(),
  }
  if (new URL(args.request.url).searchParams.has('done')) return { ...page, done: true }
  const link = await checkInvitation(ctx, readLinkToken(args.request, 'invitation') ?? '')
  if (link.ok) return { ...page, invited: link.value }
  return data({ ...page, problem: link.error.message }, { status: errorStatus[link.error.code] })
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const form = await parseForm(args.request, acceptInvitationInput)
  if (!form.ok) return form.response
  const token = readLinkToken(args.request, 'invitation') ?? ''
  const result = await acceptInvitation(ctx, { ...form.value, token })
  if (!result.ok) return failedForm(form, result.error)
  // The cookie stays for a form that is sent twice; it opens nothing any more, and runs out by itself.
  return redirect(`${paths.auth.invite}?done`, 303)
}

export default function Invite() {
  const { done, problem, invited, minLength, redemptionId } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'accept', lastResult: useActionData<typeof action>()?.form })
  const logIn = (
    <ButtonLink to={paths.auth.login()} variant={done ? 'primary' : 'secondary'}>
      Log in
    </ButtonLink>
  )
  if (done) {
    return (
      <AuthPage title="Complete your registration">
        <Callout tone="green">Your registration has been completed. You can now log in.</Callout>
        {logIn}
      </AuthPage>
    )
  }
  if (!invited) {
    return (
      <AuthPage title="Complete your registration">
        <Callout tone="amber" title="This link cannot be used">
          {problem}
        </Callout>
        {logIn}
      </AuthPage>
    )
  }
  return (
    <AuthPage
      title="Complete your registration"
      description={
        invited.organizationName
          ? `You join ${invited.organizationName}. Choose a password for ${invited.email}.`
          : `Choose a password for ${invited.email}.`
      }
    >
      <Form {...form.props} className="flex flex-col gap-4">
        <FormErrors errors={form.errors} />
        <input type="hidden" name="redemptionId" value={redemptionId} />
        <FormFields>
          <NewPasswordFields field={form.field} minLength={minLength} label="Password" />
        </FormFields>
        <SubmitButton>Complete registration</SubmitButton>
      </Form>
    </AuthPage>
  )
}
