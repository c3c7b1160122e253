import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { getSecondFactors } from '~/domain/accounts/queries-second-factor.server'
import { removeAuthenticator } from '~/domain/accounts/remove-authenticator.server'
import { changeFactorsInput } from '~/domain/accounts/second-factor'
import { challengeTokenOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { FactorProofFields } from '~/ui/accounts/factor-proof-fields'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Remove app' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args)
  const factors = await getSecondFactors(ctx)
  if (factors.appSince === null) throw redirect(paths.dashboard.twoFactor, 303)
  return { last: factors.passkeys.length === 0 }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const form = await parseForm(args.request, changeFactorsInput)
  if (!form.ok) return form.response
  return respond(args, await removeAuthenticator(ctx, form.value, challengeTokenOf(args)), {
    form,
    redirectTo: paths.dashboard.twoFactor,
    notice: ({ on }) => (on ? 'The authenticator app is removed' : 'Two-factor authentication is turned off'),
  })
}

export default function RemoveAuthenticator() {
  const { last } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'remove-app', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <>
      <PageHeader
        title="Remove app"
        breadcrumbs={[
          { label: 'Profile', to: paths.dashboard.profile },
          { label: 'Two-factor authentication', to: paths.dashboard.twoFactor },
        ]}
        description={
          last
            ? 'It is your only second factor: after this, your password alone opens your account, and your recovery codes are gone.'
            : 'Its codes are not taken any more. Your passkeys work on.'
        }
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            <FactorProofFields field={form.field} passkeyTo={last ? null : paths.dashboard.proveFactor} />
            <FormActions>
              <SubmitButton variant="danger">{last ? 'Turn off two-factor' : 'Remove app'}</SubmitButton>
              <ButtonLink to={paths.dashboard.twoFactor}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
