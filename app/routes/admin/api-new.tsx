import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { createApi } from '~/domain/catalog/create-api.server'
import { apiFormInput } from '~/domain/catalog/product'
import { getProductFacts } from '~/domain/catalog/queries-products.server'
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

export const meta: MetaFunction = () => [{ title: 'Add API' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return orNotFound(getProductFacts(ctx, productId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const form = await parseForm(args.request, apiFormInput)
  if (!form.ok) return form.response
  return respond(args, await createApi(ctx, productId, form.value), {
    form,
    redirectTo: ({ apiId }) => paths.admin.importDocument(productId, apiId),
    notice: `${form.value.name} is added`,
  })
}

export default function NewApi() {
  const product = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'new-api',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { version: '1.0.0' },
  })
  return (
    <>
      <PageHeader
        title="Add API"
        breadcrumbs={[
          { label: 'Products', to: paths.admin.products },
          { label: product.name, to: paths.admin.product(product.id) },
        ]}
        description="Its document comes next."
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <ApiFields form={form} accepts={['api_key']} />
            <FormActions>
              <SubmitButton>Add API</SubmitButton>
              <ButtonLink to={paths.admin.product(product.id)}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
