import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { type CredentialType, credentialWords } from '~/domain/apps/credential'
import { findCredential } from '~/domain/apps/queries.server'
import { rotateCredential } from '~/domain/apps/rotate-credential.server'
import { rotateCredentialInput } from '~/domain/apps/rotation'
import { visibleApps } from '~/domain/apps/visibility.server'
import { parseForm } from '~/platform/forms'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { RotateKeyPage } from '~/ui/apps/rotate-key-page'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Rotate ${credentialWords[data?.credential.type ?? 'api_key'].secret}` },
]

const rotatedWords: Record<CredentialType, string> = { api_key: 'Key', oauth_client: 'Client secret' }

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const credential = await findCredential(ctx, appId, credentialId, visibleApps(ctx.actor))
  if (!credential) throw notFound()
  return { appId, credential }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const form = await parseForm(args.request, rotateCredentialInput)
  if (!form.ok) return form.response
  return respond(args, await rotateCredential(ctx, appId, credentialId, form.value), {
    form,
    redirectTo: paths.dashboard.app(appId),
    notice: ({ type }) => `${rotatedWords[type]} rotated. Reveal the new one and put it into your programs.`,
  })
}

export default function CredentialRotatePage() {
  const { appId, credential } = useLoaderData<typeof loader>()
  return (
    <RotateKeyPage
      credential={credential}
      list={{ label: 'My apps', to: paths.dashboard.apps }}
      appTo={paths.dashboard.app(appId)}
      lastResult={useActionData<{ form: unknown }>()?.form}
    >
      Everyone who sees this app’s keys can reveal it.
    </RotateKeyPage>
  )
}
