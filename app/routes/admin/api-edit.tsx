import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { editApi } from '~/domain/catalog/edit-api.server'
import { type ApiCredentialType, apiFormInput } from '~/domain/catalog/product'
import { getApiFacts } from '~/domain/catalog/queries-documents.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ApiFields } from '~/ui/catalog/api-fields'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Edit API' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  return orNotFound(getApiFacts(ctx, productId, apiId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const apiId = idParam(args, 'api', 'apiId')
  const form = await parseForm(args.request, apiFormInput)
  if (!form.ok) return form.response
  return respond(args, await editApi(ctx, productId, apiId, form.value), {
    form,
    redirectTo: paths.admin.api(productId, apiId),
    notice: ({ name }) => `${name} is saved`,
  })
}

export default function EditApi() {
  const api = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'edit-api',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: {
      name: api.name,
      version: api.version,
      slug: api.slug,
      upstreamUrl: api.upstreamUrl ?? '',
    },
  })
  const accepts: ApiCredentialType[] = [
    ...(api.acceptsApiKey ? (['api_key'] as const) : []),
    ...(api.acceptsOauth ? (['oauth_client'] as const) : []),
  ]
  return (
    <>
      <PageHeader
        title="Edit API"
        breadcrumbs={[
          { label: 'Products', to: paths.admin.products },
          { label: api.productName, to: paths.admin.product(api.productId) },
          { label: api.name, to: paths.admin.api(api.productId, api.id) },
        ]}
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <ApiFields form={form} accepts={accepts} slugFixed={api.apps > 0} />
            <FormActions>
              <SubmitButton>Save</SubmitButton>
              <ButtonLink to={paths.admin.api(api.productId, api.id)}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
