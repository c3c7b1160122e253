import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { addGateway } from '~/domain/gateway/add-gateway.server'
import { addGatewayInput, gatewayKindLabels } from '~/domain/gateway/external-gateway'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { FormPage } from '~/ui/form-page'
import { GatewayFields } from '~/ui/gateway/gateway-fields'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Add gateway' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return { kindLabel: gatewayKindLabels.tyk }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, addGatewayInput)
  if (!form.ok) return form.response
  return respond(args, await addGateway(ctx, form.value), {
    form,
    redirectTo: ({ gatewayId }) => paths.admin.gateway(gatewayId),
    notice: ({ name }) => `${name} is added. Test the connection next.`,
  })
}

export default function NewGateway() {
  const { kindLabel } = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'new-gateway',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { headerName: 'Authorization' },
  })
  return (
    <FormPage
      title="Add gateway"
      breadcrumbs={[{ label: 'Gateways', to: paths.admin.gateways }]}
      description="Keys of the APIs that you choose it for are created, changed and ended there as they are here."
      form={form}
      submit="Add gateway"
      cancelTo={paths.admin.gateways}
    >
      <GatewayFields form={form} kindLabel={kindLabel} />
    </FormPage>
  )
}
