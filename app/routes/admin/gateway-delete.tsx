import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { deleteGateway } from '~/domain/gateway/delete-gateway.server'
import { deleteGatewayInput } from '~/domain/gateway/external-gateway'
import { findGateway } from '~/domain/gateway/queries-gateways.server'
import { formatNumber } from '~/domain/kernel/number'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'
import { Callout } from '~/ui/callout'
import { TextField } from '~/ui/field'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Remove gateway' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const gateway = await findGateway(ctx, idParam(args, 'gwy', 'gatewayId'))
  if (!gateway) throw notFound()
  const { id, name, apiCount, keyCount } = gateway
  return { id, name, apiCount, keyCount }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const gatewayId = idParam(args, 'gwy', 'gatewayId')
  const form = await parseForm(args.request, deleteGatewayInput)
  if (!form.ok) return form.response
  return respond(args, await deleteGateway(ctx, gatewayId, form.value), {
    form,
    redirectTo: paths.admin.gateways,
    notice: ({ name }) => `${name} is removed`,
  })
}

export default function DeleteGateway() {
  const { id, name, apiCount, keyCount } = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'delete-gateway',
    lastResult: useActionData<{ form: unknown }>()?.form,
  })
  const back = paths.admin.gateway(id)
  return (
    <FormPage
      title={`Remove ${name}`}
      breadcrumbs={[
        { label: 'Gateways', to: paths.admin.gateways },
        { label: name, to: back },
      ]}
      form={form}
      submit={apiCount > 0 ? null : 'Remove gateway'}
      danger
      cancelTo={back}
      cancelLabel="Back to the gateway"
    >
      {apiCount > 0 && (
        <Callout tone="amber" title="It serves APIs">
          Choose another gateway for each of them first. They are listed on the page of the gateway.
        </Callout>
      )}
      {apiCount === 0 && keyCount > 0 && (
        <>
          <Callout tone="red" title={`It may still hold ${formatNumber(keyCount)} of the portal’s keys`}>
            Once it is removed here, nobody ends them there. Wait until Deliveries to gateways have been sent,
            or remove it all the same.
          </Callout>
          <TextField
            {...form.field('confirmation')}
            label={`Type “${name}” to confirm`}
            autoComplete="off"
            spellCheck={false}
            required
          />
        </>
      )}
      {apiCount === 0 && (
        <p className="max-w-text text-muted">
          Its address and its secret are deleted here. The gateway itself is not changed.
        </p>
      )}
    </FormPage>
  )
}
