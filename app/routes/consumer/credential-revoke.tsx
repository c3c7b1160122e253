import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { findCredential } from '~/domain/apps/queries.server'
import { revokeCredential } from '~/domain/apps/revoke-credential.server'
import { visibleApps } from '~/domain/apps/visibility.server'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { RevokeWarning } from '~/ui/apps/revoke-warning'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction = () => [{ title: 'Revoke key' }]

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
  return respond(args, await revokeCredential(ctx, appId, credentialId), {
    redirectTo: paths.dashboard.app(appId),
    notice: 'Key revoked',
  })
}

export default function CredentialRevokePage() {
  const { appId, credential } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const back = <ButtonLink to={paths.dashboard.app(appId)}>Back to the app</ButtonLink>
  return (
    <>
      <PageHeader
        title="Revoke key"
        breadcrumbs={[
          { label: 'My apps', to: paths.dashboard.apps },
          { label: credential.appName, to: paths.dashboard.app(appId) },
        ]}
        description={`${credential.name}, ending in ${credential.hint}`}
      />
      <Card>
        <CardBody>
          {credential.state === 'revoked' ? (
            <Callout title="This key has already been revoked" action={back} />
          ) : (
            <ConfirmForm
              action={paths.dashboard.revokeCredential(appId, credential.id)}
              confirmLabel="Revoke key"
              cancel={back}
            >
              <RevokeWarning products={credential.products} lastUsedAt={credential.lastUsedAt} now={now} />
            </ConfirmForm>
          )}
        </CardBody>
      </Card>
    </>
  )
}
