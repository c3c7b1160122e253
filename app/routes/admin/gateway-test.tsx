import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import type { GatewayHealth } from '~/domain/gateway/external-gateway'
import { findGateway } from '~/domain/gateway/queries-gateways.server'
import { testGateway } from '~/domain/gateway/test-gateway.server'
import { gatewayTools } from '~/platform/gateway-tools'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Test connection' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const gateway = await findGateway(ctx, idParam(args, 'gwy', 'gatewayId'))
  if (!gateway) throw notFound()
  return { id: gateway.id, name: gateway.name, baseUrl: gateway.baseUrl }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const result = await testGateway(ctx, idParam(args, 'gwy', 'gatewayId'), gatewayTools)
  if (!result.ok) throw notFound()
  return data({ health: result.value })
}

export default function TestGateway() {
  const { id, name, baseUrl } = useLoaderData<typeof loader>()
  const health = useActionData<{ health: GatewayHealth }>()?.health
  return (
    <>
      <PageHeader
        title="Test connection"
        breadcrumbs={[
          { label: 'Gateways', to: paths.admin.gateways },
          { label: name, to: paths.admin.gateway(id) },
        ]}
      />
      <Card>
        <CardBody className="flex flex-col gap-5">
          <div role="status">
            {health && (
              <Callout
                tone={health.ok ? 'green' : 'red'}
                title={health.ok ? 'The connection works' : 'The connection does not work'}
              >
                {health.message}
                {health.version && ` Version ${health.version}.`}
              </Callout>
            )}
          </div>
          <p className="max-w-text text-muted">
            The portal asks <code className="font-mono text-sm wrap-anywhere">{baseUrl}</code> for its health,
            and whether it takes the secret. Nothing is changed there.
          </p>
          <Form method="post" className="flex flex-wrap gap-3">
            <SubmitButton>{health ? 'Test again' : 'Test connection'}</SubmitButton>
            <ButtonLink to={paths.admin.gateway(id)}>Back to the gateway</ButtonLink>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
