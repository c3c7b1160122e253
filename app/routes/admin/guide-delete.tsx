import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { deleteGuide } from '~/domain/catalog/delete-guide.server'
import { getGuide } from '~/domain/catalog/queries-products.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete guide' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const guideId = idParam(args, 'gde', 'guideId')
  return { productId, ...(await orNotFound(getGuide(ctx, productId, guideId))) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const guideId = idParam(args, 'gde', 'guideId')
  return respond(args, await deleteGuide(ctx, productId, guideId), {
    redirectTo: paths.admin.product(productId),
    notice: ({ title }) => `${title} is deleted`,
  })
}

export default function DeleteGuide() {
  const guide = useLoaderData<typeof loader>()
  const { admin } = paths
  return (
    <>
      <PageHeader
        title={`Delete ${guide.title}`}
        breadcrumbs={[
          { label: 'Products', to: admin.products },
          { label: guide.productName, to: admin.product(guide.productId) },
          { label: guide.title, to: admin.guide(guide.productId, guide.id) },
        ]}
      />
      <Card>
        <CardBody>
          <ConfirmForm
            action={admin.deleteGuide(guide.productId, guide.id)}
            confirmLabel="Delete guide"
            cancel={<ButtonLink to={admin.guide(guide.productId, guide.id)}>Back to the guide</ButtonLink>}
          >
            Its text is gone for good. To hide it for a while, unpublish it.
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
