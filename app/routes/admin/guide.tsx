import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { editGuide } from '~/domain/catalog/edit-guide.server'
import { guideFormInput } from '~/domain/catalog/product'
import { getGuide } from '~/domain/catalog/queries-products.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { GuideFields } from '~/ui/catalog/guide-fields'
import { ProductStateBadge } from '~/ui/catalog/product-state-badge'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title ?? 'Guide' }]

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
  const form = await parseForm(args.request, guideFormInput, { maxBytes: 1024 * 1024 })
  if (!form.ok) return form.response
  return respond(args, await editGuide(ctx, productId, guideId, form.value), {
    form,
    redirectTo: paths.admin.guide(productId, guideId),
    notice: ({ title }) => `${title} is saved`,
  })
}

export default function GuidePage() {
  const guide = useLoaderData<typeof loader>()
  const { admin } = paths
  const form = useServerForm({
    id: 'guide',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { title: guide.title, slug: guide.slug, body: guide.bodyMarkdown },
  })
  const isDraft = guide.state === 'draft'
  const changeState = isDraft ? admin.publishGuide : admin.unpublishGuide
  return (
    <>
      <PageHeader
        title={guide.title}
        breadcrumbs={[
          { label: 'Products', to: admin.products },
          { label: guide.productName, to: admin.product(guide.productId) },
        ]}
        status={<ProductStateBadge state={guide.state} />}
        actions={
          <>
            <ButtonLink to={admin.deleteGuide(guide.productId, guide.id)}>Delete</ButtonLink>
            <ButtonLink to={paths.productGuide(guide.productSlug, guide.slug)}>Open</ButtonLink>
            <Form method="post" action={changeState(guide.productId, guide.id)}>
              <SubmitButton variant={isDraft ? 'primary' : 'secondary'}>
                {isDraft ? 'Publish' : 'Unpublish'}
              </SubmitButton>
            </Form>
          </>
        }
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <GuideFields form={form} previewAction={admin.markdownPreview} />
            <FormActions>
              <SubmitButton variant={isDraft ? 'secondary' : 'primary'}>Save</SubmitButton>
              <ButtonLink to={admin.product(guide.productId)}>Back to the product</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
