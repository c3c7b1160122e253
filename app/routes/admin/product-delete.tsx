import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { deleteProduct } from '~/domain/catalog/delete-product.server'
import { getProductFacts } from '~/domain/catalog/queries-products.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, orNotFound, redirectWithNotice } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { DeleteProductFacts } from '~/ui/catalog/product-facts'
import { ConfirmForm } from '~/ui/confirm-form'
import { countOf } from '~/ui/count-of'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete product' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return orNotFound(getProductFacts(ctx, productId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const result = await deleteProduct(ctx, productId)
  if (!result.ok && result.error.code === 'not_found') throw notFound()
  return result.ok
    ? redirectWithNotice(args, paths.admin.products, `${result.value.name} is deleted`)
    : redirectWithNotice(args, paths.admin.deleteProduct(productId), result.error.message, 'error')
}

export default function DeleteProduct() {
  const product = useLoaderData<typeof loader>()
  const { admin } = paths
  const back = <ButtonLink to={admin.product(product.id)}>Back to the product</ButtonLink>
  const inUse = product.approvedApps + product.pendingRequests > 0
  return (
    <>
      <PageHeader
        title={`Delete ${product.name}`}
        breadcrumbs={[
          { label: 'Products', to: admin.products },
          { label: product.name, to: admin.product(product.id) },
        ]}
      />
      <Card>
        <CardBody>
          {inUse ? (
            <Callout
              tone="amber"
              title="This product cannot be deleted"
              action={
                product.state === 'published' ? (
                  <ButtonLink to={admin.unpublishProduct(product.id)}>Unpublish instead</ButtonLink>
                ) : (
                  back
                )
              }
            >
              {countOf(product.approvedApps, 'app')} {product.approvedApps === 1 ? 'has' : 'have'} access to
              it and {countOf(product.pendingRequests, 'request')} for it{' '}
              {product.pendingRequests === 1 ? 'waits' : 'wait'}. Access keeps working under the terms it was
              given: unpublish the product so that nobody new asks for it, or revoke the access first.
            </Callout>
          ) : (
            <ConfirmForm action={admin.deleteProduct(product.id)} confirmLabel="Delete product" cancel={back}>
              <DeleteProductFacts carts={product.carts} />
            </ConfirmForm>
          )}
        </CardBody>
      </Card>
    </>
  )
}
