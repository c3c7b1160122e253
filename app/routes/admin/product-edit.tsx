import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { editProduct } from '~/domain/catalog/edit-product.server'
import { productFormInput } from '~/domain/catalog/product'
import { getProduct } from '~/domain/catalog/queries-products.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ProductFields } from '~/ui/catalog/product-fields'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Edit product' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return orNotFound(getProduct(ctx, productId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const form = await parseForm(args.request, productFormInput)
  if (!form.ok) return form.response
  return respond(args, await editProduct(ctx, productId, form.value), {
    form,
    redirectTo: paths.admin.product(productId),
    notice: ({ name }) => `${name} is saved`,
  })
}

export default function EditProduct() {
  const product = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'edit-product',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: {
      name: product.name,
      slug: product.slug,
      summary: product.summary,
      tags: product.tags.join(', '),
      description: product.descriptionMarkdown,
    },
  })
  return (
    <>
      <PageHeader
        title="Edit product"
        breadcrumbs={[
          { label: 'Products', to: paths.admin.products },
          { label: product.name, to: paths.admin.product(product.id) },
        ]}
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <ProductFields
              form={form}
              previewAction={paths.admin.markdownPreview}
              catalogs={product.catalogs}
              chosenCatalogs={product.catalogs.filter((one) => one.ticked).map((one) => one.id)}
              featured={product.featured}
              slugFixed={product.approvedApps + product.pendingRequests > 0}
            />
            <FormActions>
              <SubmitButton>Save</SubmitButton>
              <ButtonLink to={paths.admin.product(product.id)}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
