import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { ArrowRightLeft, KeyRound, Play, Snowflake, Trash2 } from 'lucide-react'
import { getAppPage } from '~/domain/apps/queries-app-page.server'
import { gatewayOrigin } from '~/platform/gateway-origin'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { callAddress } from '~/platform/reference-pages'
import { orNotFound } from '~/platform/responses'
import { ActivityCard } from '~/ui/activity-card'
import { appActivity } from '~/ui/apps/app-activity'
import { AppDetails } from '~/ui/apps/app-details'
import { AppTabs } from '~/ui/apps/app-tabs'
import { AppStatusBadge } from '~/ui/apps/badges'
import { CredentialCard } from '~/ui/apps/credential-card'
import { EndedKeys } from '~/ui/apps/ended-keys'
import { FrozenNote } from '~/ui/apps/frozen-note'
import { RequestCard } from '~/ui/apps/request-card'
import { ButtonLink, buttonClass, SubmitButton } from '~/ui/button'
import { Card } from '~/ui/card'
import { EmptyState } from '~/ui/empty-state'
import { Menu, MenuDivider, MenuForm, MenuLink } from '~/ui/menu'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? data.app.name : 'App' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const page = await orNotFound(getAppPage(ctx, appId))
  const gateway = gatewayOrigin(args.context.scope.env)
  return {
    ...page,
    tokenEndpoint: ctx.origin + paths.oauth.token,
    credentials: page.credentials
      .filter((credential) => credential.state !== 'revoked')
      .map((credential) => ({ ...credential, apis: baseUrls(gateway, credential.requests) })),
    // What waits comes before what was turned down.
    requests: [
      ...page.requests.filter((request) => request.state === 'pending'),
      ...page.requests.filter((request) => request.state === 'rejected'),
    ],
  }
}

export default function AppPage() {
  const { app, credentials, endedKeys, requests, activity, canSeeSecrets, canTransfer, tokenEndpoint } =
    useLoaderData<typeof loader>()
  const { now } = useRootData()
  const workingKeys = credentials.filter((one) => one.state !== 'expired').length
  const pendingRequests = requests.filter((one) => one.state === 'pending').length
  return (
    <>
      <PageHeader
        title={app.name}
        breadcrumbs={[{ label: 'My apps', to: paths.dashboard.apps }]}
        status={
          <AppStatusBadge
            app={{ frozenAt: app.frozenAt ?? app.organizationFrozenAt, workingKeys, pendingRequests }}
          />
        }
        description={app.description}
        actions={
          <>
            <Menu label="More options" trigger="More options" triggerClassName={buttonClass({})}>
              {app.frozenAt === null ? (
                <MenuLink to={paths.dashboard.freezeApp(app.id)} icon={Snowflake}>
                  Freeze
                </MenuLink>
              ) : (
                app.frozenBy === 'developer' && (
                  <MenuForm action={paths.dashboard.unfreezeApp(app.id)} icon={Play}>
                    Unfreeze
                  </MenuForm>
                )
              )}
              {canTransfer && (
                <MenuLink to={paths.dashboard.transferApp(app.id)} icon={ArrowRightLeft}>
                  Transfer ownership
                </MenuLink>
              )}
              <MenuDivider />
              <MenuLink to={paths.dashboard.deleteApp(app.id)} icon={Trash2}>
                Delete
              </MenuLink>
            </Menu>
            <ButtonLink to={paths.dashboard.appSettings(app.id)}>Settings</ButtonLink>
          </>
        }
      />
      <AppTabs current="overview" links={paths.dashboard.appTabs(app.id)} />
      <FrozenNote
        // The frame of the dashboard says so of the organization.
        app={{ ...app, organizationFrozenAt: null }}
        now={now}
        action={
          app.frozenBy === 'developer' && (
            <Form method="post" action={paths.dashboard.unfreezeApp(app.id)}>
              <SubmitButton variant="secondary" size="sm">
                Unfreeze
              </SubmitButton>
            </Form>
          )
        }
      />
      {credentials.length === 0 && requests.length === 0 && (
        <Card>
          <EmptyState
            icon={KeyRound}
            title="This app has no access yet"
            action={
              <ButtonLink to={paths.catalogs} variant="primary">
                Browse products
              </ButtonLink>
            }
          >
            Add a product to your cart and choose this app when you request access.
          </EmptyState>
        </Card>
      )}
      {credentials.map((credential) => (
        <CredentialCard
          key={credential.id}
          credential={credential}
          links={{
            reveal: canSeeSecrets ? paths.dashboard.revealCredential(app.id, credential.id) : null,
            revoke: paths.dashboard.revokeCredential(app.id, credential.id),
            rotate: paths.dashboard.rotateCredential(app.id, credential.id),
            limits: paths.dashboard.limitCredential(app.id, credential.id),
            token: tokenEndpoint,
            product: paths.product,
            changePlan: canSeeSecrets
              ? (requestId) => paths.dashboard.changePlan(app.id, requestId)
              : undefined,
          }}
          hiddenWhy={`This app is personal: only ${app.ownerName} can see its keys.`}
          standstill={app.standstill}
          now={now}
        />
      ))}
      {requests.map((request) => (
        <RequestCard
          key={request.id}
          request={request}
          withdrawTo={request.state === 'pending' ? paths.dashboard.withdrawRequest(request.id) : null}
          now={now}
        />
      ))}
      <EndedKeys keys={endedKeys} now={now} />
      <AppDetails app={app} now={now} />
      <ActivityCard items={appActivity(activity)} now={now} />
    </>
  )
}

type ServedAt = { address: string; header: string } | null

type Granted = {
  products: {
    name: string
    slug: string
    apis: { name: string; slug: string; examplePath: string; served: ServedAt }[]
  }[]
}

function baseUrls(gateway: string, requests: readonly Granted[]) {
  return requests
    .flatMap((request) => request.products)
    .flatMap((product) =>
      product.apis.map((api) => ({
        name: product.apis.length > 1 ? `${product.name}: ${api.name}` : product.name,
        baseUrl: callAddress(gateway, product.slug, api),
        keyHeader: api.served?.header ?? 'Authorization',
        examplePath: api.examplePath,
      })),
    )
}
