import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { getProductFacts } from '~/domain/catalog/queries-products.server'
import { unpublishProduct } from '~/domain/catalog/unpublish-product.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { UnpublishFacts } from '~/ui/catalog/product-facts'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Unpublish product' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return orNotFound(getProductFacts(ctx, productId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return respond(args, await unpublishProduct(ctx, productId), {
    redirectTo: paths.admin.product(productId),
    notice: ({ name }) => `${name} is a draft again`,
  })
}

export default function UnpublishProduct() {
  const product = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={`Unpublish ${product.name}`}
        breadcrumbs={[
          { label: 'Products', to: paths.admin.products },
          { label: product.name, to: paths.admin.product(product.id) },
        ]}
      />
      <Card>
        <CardBody>
          <ConfirmForm
            action={paths.admin.unpublishProduct(product.id)}
            confirmLabel="Unpublish product"
            danger={false}
            cancel={<ButtonLink to={paths.admin.product(product.id)}>Back to the product</ButtonLink>}
          >
            <UnpublishFacts product={product} />
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
