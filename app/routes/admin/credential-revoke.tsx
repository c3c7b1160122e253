import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { credentialWords } from '~/domain/apps/credential'
import { findCredential } from '~/domain/apps/queries.server'
import { revocationReceipt } from '~/domain/apps/revocation'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { visibleApps } from '~/domain/apps/visibility.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { RevokeKeyPage } from '~/ui/apps/revoke-key-page'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Revoke ${credentialWords[data?.credential.type ?? 'api_key'].whole}` },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const credential = await findCredential(ctx, appId, credentialId, visibleApps(ctx.actor))
  if (!credential) throw notFound()
  return { appId, credential }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  return respond(args, await revokeCredential(ctx, appId, credentialId), {
    redirectTo: paths.admin.app(appId),
    notice: () => `${revocationReceipt(Date.now())} The owner of the app is told.`,
  })
}

export default function CredentialRevokePage() {
  const { appId, credential } = useLoaderData<typeof loader>()
  return (
    <RevokeKeyPage
      credential={credential}
      list={{ label: 'Apps', to: paths.admin.apps }}
      appTo={paths.admin.app(appId)}
      revokeTo={paths.admin.revokeCredential(appId, credential.id)}
    />
  )
}
