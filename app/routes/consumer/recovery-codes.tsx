import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { getSecondFactors } from '~/domain/accounts/queries-second-factor.server'
import { replaceRecoveryCodes } from '~/domain/accounts/replace-recovery-codes.server'
import { changeFactorsInput } from '~/domain/accounts/second-factor'
import { challengeTokenOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { failedForm } from '~/platform/responses'
import { FactorProofFields } from '~/ui/accounts/factor-proof-fields'
import { RecoveryCodes } from '~/ui/accounts/recovery-codes'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export { actionHeadersOnly as headers } from '~/platform/route-headers'

export const meta: MetaFunction = () => [{ title: 'New recovery codes' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireUser(args)
  const factors = await getSecondFactors(ctx)
  if (!factors.on) throw redirect(paths.dashboard.twoFactor, 303)
  return { hasPasskeys: factors.passkeys.length > 0 }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const form = await parseForm(args.request, changeFactorsInput)
  if (!form.ok) return form.response
  const result = await replaceRecoveryCodes(ctx, form.value, challengeTokenOf(args))
  if (!result.ok) return failedForm(form, result.error)
  return data({ form: null, ...result.value }, { headers: { 'Cache-Control': 'no-store' } })
}

export default function NewRecoveryCodes() {
  const { hasPasskeys } = useLoaderData<typeof loader>()
  const answer = useActionData<{ form: unknown; recoveryCodes?: string[] }>()
  const form = useServerForm({ id: 'recovery-codes', lastResult: answer?.form })
  if (answer?.recoveryCodes) {
    return (
      <RecoveryCodes
        codes={answer.recoveryCodes}
        title="New recovery codes"
        doneTo={paths.dashboard.twoFactor}
      />
    )
  }
  return (
    <FormPage
      title="New recovery codes"
      breadcrumbs={[
        { label: 'Profile', to: paths.dashboard.profile },
        { label: 'Two-factor authentication', to: paths.dashboard.twoFactor },
      ]}
      description="The codes that you have now stop working, used or not."
      form={form}
      submit="Make new codes"
      cancelTo={paths.dashboard.twoFactor}
    >
      <FactorProofFields field={form.field} passkeyTo={hasPasskeys ? paths.dashboard.proveFactor : null} />
    </FormPage>
  )
}
