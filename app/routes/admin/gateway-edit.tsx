import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { editGateway } from '~/domain/gateway/edit-gateway.server'
import { editGatewayInput, gatewayKindLabels } from '~/domain/gateway/external-gateway'
import { findGateway } from '~/domain/gateway/queries-gateways.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { FormPage } from '~/ui/form-page'
import { GatewayFields } from '~/ui/gateway/gateway-fields'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Edit gateway' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const gateway = await findGateway(ctx, idParam(args, 'gwy', 'gatewayId'))
  if (!gateway) throw notFound()
  return { ...gateway, kindLabel: gatewayKindLabels[gateway.kind] }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const gatewayId = idParam(args, 'gwy', 'gatewayId')
  const form = await parseForm(args.request, editGatewayInput)
  if (!form.ok) return form.response
  return respond(args, await editGateway(ctx, gatewayId, form.value), {
    form,
    redirectTo: paths.admin.gateway(gatewayId),
    notice: ({ name }) => `${name} is saved`,
  })
}

export default function EditGateway() {
  const gateway = useLoaderData<typeof loader>()
  const { name, baseUrl, publicUrl, externalOrgId, headerName } = gateway
  const form = useServerForm({
    id: 'edit-gateway',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { name, baseUrl, publicUrl, externalOrgId, headerName },
  })
  const back = paths.admin.gateway(gateway.id)
  return (
    <FormPage
      title="Edit gateway"
      breadcrumbs={[
        { label: 'Gateways', to: paths.admin.gateways },
        { label: name, to: back },
      ]}
      form={form}
      submit="Save"
      cancelTo={back}
    >
      <GatewayFields
        form={form}
        kindLabel={gateway.kindLabel}
        secretKept
        organizationFixed={gateway.keyCount > 0}
      />
    </FormPage>
  )
}
