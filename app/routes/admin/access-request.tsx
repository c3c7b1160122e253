import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useLoaderData } from '@remix-run/react'
import { getAccessRequest } from '~/domain/access-requests/queries.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound } from '~/platform/responses'
import { RequestFacts } from '~/ui/access-requests/request-facts'
import { requestHistory } from '~/ui/access-requests/request-history'
import { RevokeAccessWarning } from '~/ui/access-requests/revoke-access-warning'
import { RequestStateBadge } from '~/ui/apps/badges'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { ConfirmDialog } from '~/ui/confirm-dialog'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { Timeline } from '~/ui/timeline'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.request.appName}: access request` : 'Access request' },
]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const requestId = idParam(args, 'req', 'requestId')
  const page = await orNotFound(getAccessRequest(ctx, requestId))
  return {
    ...page,
    asksToRevoke: new URL(args.request.url).searchParams.has('revoke') && page.request.state === 'approved',
  }
}

export default function AccessRequestPage() {
  const { request, products, credentials, history, asksToRevoke } = useLoaderData<typeof loader>()
  const { now } = useRootData()
  const revoke = {
    action: paths.admin.revokeAccessRequest(request.id),
    confirmLabel: 'Revoke access',
    children: (
      <RevokeAccessWarning
        appName={request.appName}
        products={products}
        credentials={credentials}
        now={now}
      />
    ),
  }
  return (
    <>
      <PageHeader
        title={request.appName}
        breadcrumbs={[{ label: 'Access requests', to: paths.admin.accessRequests }]}
        status={<RequestStateBadge state={request.state} />}
        description={`Asks for ${products.map((product) => product.name).join(', ')} under the plan ${request.planName}${request.changes ? ` instead of ${request.changes.planName}` : ''}`}
        actions={
          request.state === 'pending' ? (
            <>
              <ButtonLink to={paths.admin.rejectAccessRequest(request.id)}>Reject</ButtonLink>
              <ButtonLink to={paths.admin.approveUnderPlan(request.id)}>Pick another plan</ButtonLink>
              <Form method="post" action={paths.admin.approveAccessRequest(request.id)}>
                <SubmitButton>Approve</SubmitButton>
              </Form>
            </>
          ) : request.state === 'approved' && !asksToRevoke ? (
            <ConfirmDialog
              {...revoke}
              trigger="Revoke access"
              title="Revoke access?"
              fallbackTo={`${paths.admin.accessRequest(request.id)}?revoke=1`}
            />
          ) : null
        }
      />
      {asksToRevoke && (
        <Card>
          <CardHeader title="Revoke access?" />
          <CardBody>
            <ConfirmForm
              {...revoke}
              cancel={<ButtonLink to={paths.admin.accessRequest(request.id)}>Cancel</ButtonLink>}
            />
          </CardBody>
        </Card>
      )}
      {request.organizationState !== 'active' && (
        <Callout tone="amber" title={`${request.organizationName} is not active`}>
          Its credentials do not work until it is active again.
        </Callout>
      )}
      {request.state === 'pending' && request.changes && !request.changes.inForce && (
        <Callout tone="amber" title="There is no plan to change any more">
          The access whose plan this request would change has ended. Reject it: access can be asked for anew.
        </Callout>
      )}
      <Card>
        <CardHeader title="Request" />
        <CardBody>
          <RequestFacts
            request={request}
            products={products.map((product) => ({ name: product.name, to: paths.product(product.slug) }))}
            credentials={credentials}
            appTo={paths.admin.app(request.appId)}
            organizationTo={paths.admin.organization(request.organizationId)}
            requesterTo={request.requesterId && paths.admin.user(request.requesterId)}
            now={now}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="History" />
        <CardBody>
          <Timeline items={requestHistory(history)} now={now} />
        </CardBody>
      </Card>
    </>
  )
}
