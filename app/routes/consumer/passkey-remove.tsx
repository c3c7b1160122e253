import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { getSecondFactors } from '~/domain/accounts/queries-second-factor.server'
import { removePasskey } from '~/domain/accounts/remove-passkey.server'
import { changeFactorsInput } from '~/domain/accounts/second-factor'
import { challengeTokenOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { RemoveFactorPage } from '~/ui/accounts/remove-factor-page'

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
  return (
    <RemoveFactorPage
      id="remove-passkey"
      title={`Remove passkey ${name}`}
      breadcrumbs={[
        { label: 'Profile', to: paths.dashboard.profile },
        { label: 'Two-factor authentication', to: paths.dashboard.twoFactor },
      ]}
      lastResult={useActionData<{ form: unknown }>()?.form}
      last={last}
      otherwise="It is not taken any more. Your device may still offer it: delete it there too."
      submit="Remove passkey"
      passkeyTo={paths.dashboard.proveFactor}
      cancelTo={paths.dashboard.twoFactor}
    />
  )
}
