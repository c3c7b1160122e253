import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { KeyRound } from 'lucide-react'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { ActivityCard } from '~/ui/activity-card'
import { appActivity } from '~/ui/apps/app-activity'
import { AppTabs } from '~/ui/apps/app-tabs'
import { AppStatusBadge } from '~/ui/apps/badges'
import { CredentialCard } from '~/ui/apps/credential-card'
import { EndedKeys } from '~/ui/apps/ended-keys'
import { FrozenNote } from '~/ui/apps/frozen-note'
import { RequestList } from '~/ui/apps/request-list'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { EmptyState } from '~/ui/empty-state'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { Details } from './details'
import { MoreOptions } from './more-options'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? data.app.name : 'App' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const appId = idParam(args, 'app', 'appId')
  const { app, credentials, endedKeys, requests, activity } = await orNotFound(getAppPage(ctx, appId))
  return {
    app,
    requests,
    activity,
    endedKeys,
    // How to call an API is for the developer; an admin never has the key.
    credentials: credentials
      .filter((credential) => credential.state !== 'revoked')
      .map((credential) => ({ ...credential, apis: [] })),
  }
}

export default function AppPage() {
  const { app, credentials, endedKeys, requests, activity } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const { admin } = paths
  const status = {
    frozenAt: app.frozenAt ?? app.organizationFrozenAt,
    workingKeys: credentials.filter((one) => one.state !== 'expired').length,
    pendingRequests: requests.filter((one) => one.state === 'pending').length,
  }
  return (
    <>
      <PageHeader
        title={app.name}
        breadcrumbs={[{ label: 'Apps', to: admin.apps }]}
        status={<AppStatusBadge app={status} />}
        description={app.description}
        actions={
          <>
            <MoreOptions app={app} />
            <ButtonLink to={admin.addCredential(app.id)} variant="primary">
              Add credential
            </ButtonLink>
          </>
        }
      />
      <AppTabs current="overview" links={paths.admin.appTabs(app.id)} />
      <FrozenNote
        app={app}
        now={now}
        action={
          <Form method="post" action={admin.unfreezeApp(app.id)}>
            <SubmitButton variant="secondary" size="sm">
              Unfreeze
            </SubmitButton>
          </Form>
        }
      />
      <Card>
        <CardHeader title="Details" />
        <CardBody>
          <Details app={app} />
        </CardBody>
      </Card>
      {credentials.length === 0 && (
        <Card>
          <EmptyState
            icon={KeyRound}
            title="This app holds no credential"
            action={<ButtonLink to={admin.addCredential(app.id)}>Add credential</ButtonLink>}
          >
            Its developers get one by requesting access, or from you.
          </EmptyState>
        </Card>
      )}
      {credentials.map((credential) => (
        <CredentialCard
          key={credential.id}
          credential={credential}
          links={{
            reveal: null,
            revoke: admin.revokeCredential(app.id, credential.id),
            rotate: admin.rotateCredential(app.id, credential.id),
            limits: admin.limitCredential(app.id, credential.id),
            token: null,
            product: paths.product,
          }}
          hiddenWhy="Only the app’s developers can reveal its key."
          standstill={app.standstill}
          now={now}
        />
      ))}
      <EndedKeys keys={endedKeys} now={now} />
      <RequestList
        requests={[
          ...requests.filter((request) => request.state === 'pending'),
          ...requests.filter((request) => request.state !== 'pending'),
        ]}
        to={(request) => admin.accessRequest(request.id)}
        now={now}
      />
      <ActivityCard items={appActivity(activity)} now={now} />
    </>
  )
}
