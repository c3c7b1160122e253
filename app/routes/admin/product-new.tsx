import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { listCatalogChoices } from '~/domain/catalog/catalog-choices.server'
import { createProduct } from '~/domain/catalog/create-product.server'
import { productFormInput } from '~/domain/catalog/product'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ProductFields } from '~/ui/catalog/product-fields'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Create product' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  return { catalogs: await listCatalogChoices(ctx) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, productFormInput)
  if (!form.ok) return form.response
  return respond(args, await createProduct(ctx, { ...form.value, logo: null }), {
    form,
    redirectTo: ({ productId }) => paths.admin.product(productId),
    notice: `${form.value.name} is created as a draft`,
  })
}

export default function NewProduct() {
  const { catalogs } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'new-product', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <>
      <PageHeader
        title="Create product"
        breadcrumbs={[{ label: 'Products', to: paths.admin.products }]}
        description="It begins as a draft. Logo, APIs and guides come next."
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <ProductFields
              form={form}
              previewAction={paths.admin.markdownPreview}
              catalogs={catalogs}
              chosenCatalogs={[]}
              featured={false}
            />
            <FormActions>
              <SubmitButton>Create product</SubmitButton>
              <ButtonLink to={paths.admin.products}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
