import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { changeCredentialLimits } from '~/domain/apps/change-credential-limits.server'
import { changeLimitsInput } from '~/domain/apps/credential-limits'
import { findCredentialLimits } from '~/domain/apps/queries-limits.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { KeyLimitsPage } from '~/ui/apps/key-limits-page'

export const meta: MetaFunction = () => [{ title: 'Limits of a key' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const credential = await findCredentialLimits(ctx, appId, idParam(args, 'crd', 'credentialId'))
  if (!credential) throw notFound()
  return { appId, credential }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const form = await parseForm(args.request, changeLimitsInput)
  if (!form.ok) return form.response
  return respond(args, await changeCredentialLimits(ctx, appId, credentialId, form.value), {
    form,
    redirectTo: paths.admin.app(appId),
    notice: ({ changed }) =>
      changed ? 'Limits saved. They hold everywhere within 10 seconds.' : 'Nothing was changed',
  })
}

export default function CredentialLimitsPage() {
  const { appId, credential } = useLoaderData<typeof loader>()
  return (
    <KeyLimitsPage
      credential={credential}
      list={{ label: 'Apps', to: paths.admin.apps }}
      appTo={paths.admin.app(appId)}
      lastResult={useActionData<{ form: unknown }>()?.form}
    />
  )
}
