import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { getSecondFactors } from '~/domain/accounts/queries-second-factor.server'
import { removePasskey } from '~/domain/accounts/remove-passkey.server'
import { changeFactorsInput } from '~/domain/accounts/second-factor'
import { challengeTokenOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { FactorProofFields } from '~/ui/accounts/factor-proof-fields'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'Remove passkey' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args)
  const factors = await getSecondFactors(ctx)
  const passkey = factors.passkeys.find(({ id }) => id === args.params.passkeyId)
  if (!passkey) throw notFound()
  return { name: passkey.name, last: factors.appSince === null && factors.passkeys.length === 1 }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const passkeyId = idParam(args, 'pky', 'passkeyId')
  const form = await parseForm(args.request, changeFactorsInput)
  if (!form.ok) return form.response
  return respond(args, await removePasskey(ctx, passkeyId, form.value, challengeTokenOf(args)), {
    form,
    redirectTo: paths.dashboard.twoFactor,
    notice: ({ on, name }) =>
      on ? `The passkey ${name} is removed` : 'Two-factor authentication is turned off',
  })
}

export default function RemovePasskey() {
  const { name, last } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'remove-passkey', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <>
      <PageHeader
        title={`Remove passkey ${name}`}
        breadcrumbs={[
          { label: 'Profile', to: paths.dashboard.profile },
          { label: 'Two-factor authentication', to: paths.dashboard.twoFactor },
        ]}
        description={
          last
            ? 'It is your only second factor: after this, your password alone opens your account, and your recovery codes are gone.'
            : 'It is not taken any more. Your device may still offer it: delete it there too.'
        }
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            <FactorProofFields field={form.field} passkeyTo={paths.dashboard.proveFactor} />
            <FormActions>
              <SubmitButton variant="danger">{last ? 'Turn off two-factor' : 'Remove passkey'}</SubmitButton>
              <ButtonLink to={paths.dashboard.twoFactor}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
