import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { confirmAuthenticator } from '~/domain/accounts/confirm-authenticator.server'
import { findWaitingSecret } from '~/domain/accounts/queries-second-factor.server'
import { confirmAuthenticatorInput } from '~/domain/accounts/second-factor'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { qrCode } from '~/platform/qr-code'
import { failedForm, redirectWithNotice } from '~/platform/responses'
import { totpKeyUri } from '~/platform/totp'
import { FactorCodeField } from '~/ui/accounts/factor-code-field'
import { RecoveryCodes } from '~/ui/accounts/recovery-codes'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { CodeBlock } from '~/ui/code-block'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { QrCode } from '~/ui/qr-code'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Scan the QR code' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args, { during: 'enrolment' })
  const secret = await findWaitingSecret(ctx)
  if (secret === null) return { enrolment: null }
  const { settings } = await args.context.scope.viewer()
  const qr = qrCode(totpKeyUri(secret, settings.portalName, ctx.actor.email))
  return { enrolment: { secret: secret.replace(/(.{4})(?=.)/g, '$1 '), qr } }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args, { during: 'enrolment' })
  const form = await parseForm(args.request, confirmAuthenticatorInput)
  if (!form.ok) return form.response
  const result = await confirmAuthenticator(ctx, form.value)
  if (!result.ok) return failedForm(form, result.error)
  const { recoveryCodes } = result.value
  if (!recoveryCodes) {
    return redirectWithNotice(args, paths.dashboard.twoFactor, 'Your authenticator app is set up')
  }
  return data({ form: null, recoveryCodes }, { headers: { 'Cache-Control': 'no-store' } })
}

export default function ConfirmAuthenticator() {
  const { enrolment } = useLoaderData<typeof loader>()
  const answer = useActionData<{ form: unknown; recoveryCodes?: string[] }>()
  const form = useServerForm({ id: 'confirm-app', lastResult: answer?.form })
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
        title="Scan the QR code"
        breadcrumbs={[
          { label: 'Profile', to: paths.dashboard.profile },
          { label: 'Two-factor authentication', to: paths.dashboard.twoFactor },
        ]}
        description="Open your authenticator app, add an account, and scan this code. Then enter the six digits that the app shows."
      />
      <Card>
        <CardBody className="flex flex-col gap-6">
          {enrolment ? (
            <>
              <div className="flex flex-wrap items-start gap-6">
                <QrCode {...enrolment.qr} label="QR code for your authenticator app" />
                <div className="flex min-w-0 flex-1 basis-72 flex-col gap-2">
                  <p className="max-w-text">
                    You cannot scan it? Choose “Enter a setup key” in the app and type this key, based on
                    time:
                  </p>
                  <CodeBlock inline label="Setup key" code={enrolment.secret} />
                </div>
              </div>
              <Form {...form.props} className="flex flex-col gap-4">
                <FormErrors errors={form.errors} />
                <FormFields>
                  <FactorCodeField {...form.field('factorCode')} kind="app" />
                </FormFields>
                <FormActions>
                  <SubmitButton>Turn on</SubmitButton>
                  <ButtonLink to={paths.dashboard.twoFactor}>Cancel</ButtonLink>
                </FormActions>
              </Form>
            </>
          ) : (
            <Callout
              tone="amber"
              title="There is no QR code that waits for you"
              action={<ButtonLink to={paths.dashboard.twoFactor}>Two-factor authentication</ButtonLink>}
            >
              A QR code is shown for 15 minutes. See there what is set up, or begin again.
            </Callout>
          )}
        </CardBody>
      </Card>
    </>
  )
}
