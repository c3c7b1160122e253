import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { getSecondFactors } from '~/domain/accounts/queries-second-factor.server'
import { removeAuthenticator } from '~/domain/accounts/remove-authenticator.server'
import { changeFactorsInput } from '~/domain/accounts/second-factor'
import { challengeTokenOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { RemoveFactorPage } from '~/ui/accounts/remove-factor-page'

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
  return (
    <RemoveFactorPage
      id="remove-app"
      title="Remove app"
      breadcrumbs={[
        { label: 'Profile', to: paths.dashboard.profile },
        { label: 'Two-factor authentication', to: paths.dashboard.twoFactor },
      ]}
      lastResult={useActionData<{ form: unknown }>()?.form}
      last={last}
      otherwise="Its codes are not taken any more. Your passkeys work on."
      submit="Remove app"
      passkeyTo={last ? null : paths.dashboard.proveFactor}
      cancelTo={paths.dashboard.twoFactor}
    />
  )
}
