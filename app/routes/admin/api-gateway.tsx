import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { chooseApiGateway } from '~/domain/gateway/choose-api-gateway.server'
import { chooseApiGatewayInput, gatewayKindLabels } from '~/domain/gateway/external-gateway'
import { getApiGateway } from '~/domain/gateway/queries-gateways.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { Callout } from '~/ui/callout'
import { countOf } from '~/ui/count-of'
import { SelectField, TextField } from '~/ui/field'
import { FieldRow, FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { TextLink } from '~/ui/text-link'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Choose gateway' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  const { choices, ...api } = await orNotFound(getApiGateway(ctx, productId, apiId))
  const gateways = choices.map((one) => ({
    value: one.id,
    label: `${one.name} (${gatewayKindLabels[one.kind]})`,
  }))
  return { ...api, gateways }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  const form = await parseForm(args.request, chooseApiGatewayInput)
  if (!form.ok) return form.response
  return respond(args, await chooseApiGateway(ctx, productId, apiId, form.value), {
    form,
    redirectTo: paths.admin.api(productId, apiId),
    notice: ({ name, gatewayName }) => `${name} is served by ${gatewayName}`,
  })
}

export default function ApiGateway() {
  const api = useLoaderData<typeof loader>()
  const { admin } = paths
  const back = admin.api(api.productId, api.id)
  const form = useServerForm({
    id: 'api-gateway',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: {
      gateway: api.chosen?.gatewayId ?? 'built_in',
      externalApiId: api.chosen?.externalApiId ?? '',
      listenPath: api.chosen?.listenPath ?? `/${api.slug}/`,
    },
  })
  return (
    <FormPage
      title="Choose gateway"
      breadcrumbs={[
        { label: 'Products', to: admin.products },
        { label: api.productName, to: admin.product(api.productId) },
        { label: api.name, to: back },
      ]}
      form={form}
      submit="Save"
      cancelTo={back}
    >
      {api.apps > 0 && (
        <Callout tone="amber" title={`${countOf(api.apps, 'app')} can call this API or wait to`}>
          Their keys go on working, at another address. Tell them before you change it: the built-in gateway
          says where the API is, and calls it no more.
        </Callout>
      )}
      <FormFields>
        <SelectField
          {...form.field('gateway')}
          label="Gateway"
          options={[{ value: 'built_in', label: 'Built-in gateway' }, ...api.gateways]}
          hint={
            api.gateways.length > 0 ? (
              'An external gateway takes API keys only. Calls through it are not counted here, and Try it does not reach it.'
            ) : (
              <>
                There is no other one yet. <TextLink to={admin.newGateway}>Add a gateway</TextLink>
              </>
            )
          }
        />
        <FieldRow>
          <TextField
            {...form.field('externalApiId')}
            label="API ID there"
            hint="Of an external gateway only: what it calls this API."
            maxLength={64}
            mono
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextField
            {...form.field('listenPath')}
            label="Listen path"
            hint="Of an external gateway only: follows its public address."
            maxLength={200}
            mono
            autoCapitalize="none"
            spellCheck={false}
          />
        </FieldRow>
      </FormFields>
    </FormPage>
  )
}
