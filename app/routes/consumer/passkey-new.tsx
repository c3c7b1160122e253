import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/cloudflare'
import { Form, useActionData } from '@remix-run/react'
import { type FormEvent, useRef, useState } from 'react'
import { addPasskey } from '~/domain/accounts/add-passkey.server'
import { addPasskeyInput } from '~/domain/accounts/passkey'
import { challengeTokenOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { failedForm, redirectWithNotice } from '~/platform/responses'
import { makePasskey } from '~/ui/accounts/passkey-questions'
import { RecoveryCodes } from '~/ui/accounts/recovery-codes'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { PasswordField } from '~/ui/password-field'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Add passkey' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args, { during: 'enrolment' })
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args, { during: 'enrolment' })
  const form = await parseForm(args.request, addPasskeyInput)
  if (!form.ok) return form.response
  const result = await addPasskey(ctx, challengeTokenOf(args), form.value)
  if (!result.ok) return failedForm(form, result.error)
  const { recoveryCodes } = result.value
  if (!recoveryCodes) return redirectWithNotice(args, paths.dashboard.twoFactor, 'Your passkey is added')
  return data({ form: null, recoveryCodes }, { headers: { 'Cache-Control': 'no-store' } })
}

export default function AddPasskey() {
  const answer = useActionData<{ form: unknown; recoveryCodes?: string[] }>()
  const form = useServerForm({ id: 'add-passkey', lastResult: answer?.form })
  const token = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    if (token.current?.value) return
    event.preventDefault()
    const page = event.currentTarget
    const currentPassword = String(new FormData(page).get('currentPassword') ?? '')
    const made = await makePasskey(paths.dashboard.passkeyChallenge, { currentPassword })
    setProblem('problem' in made ? made.problem : null)
    if ('problem' in made || !token.current) return
    token.current.value = made.token
    page.requestSubmit()
    token.current.value = ''
  }

  if (answer?.recoveryCodes) {
    return (
      <RecoveryCodes
        codes={answer.recoveryCodes}
        title="Two-factor authentication is on"
        doneTo={paths.dashboard.twoFactor}
      />
    )
  }
  return (
    <>
      <PageHeader
        title="Add passkey"
        breadcrumbs={[
          { label: 'Profile', to: paths.dashboard.profile },
          { label: 'Two-factor authentication', to: paths.dashboard.twoFactor },
        ]}
        description="Your device makes it and asks for your finger, face or PIN. You can then log in with it, without the password."
      />
      <Card>
        <CardBody className="flex flex-col gap-4">
          <div className="hidden noscript:block">
            <Callout tone="amber" title="Passkeys need JavaScript">
              Turn it on in your browser, or use an authenticator app instead.
            </Callout>
          </div>
          <Form {...form.props} onSubmit={onSubmit} className="flex flex-col gap-4 noscript:hidden">
            <FormErrors errors={problem ? [problem] : form.errors} />
            <input ref={token} type="hidden" name="passkeyToken" />
            <FormFields>
              <TextField
                {...form.field('name')}
                label="Name"
                hint="So that you know it again, such as “Work laptop”."
                maxLength={60}
                required
              />
              <PasswordField
                {...form.field('currentPassword')}
                label="Current password"
                autoComplete="current-password"
                required
              />
            </FormFields>
            <FormActions>
              <SubmitButton>Add passkey</SubmitButton>
              <ButtonLink to={paths.dashboard.twoFactor}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
