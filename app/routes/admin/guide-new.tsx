import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { createGuide } from '~/domain/catalog/create-guide.server'
import { guideFormInput } from '~/domain/catalog/product'
import { getProductFacts } from '~/domain/catalog/queries-products.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { GuideFields } from '~/ui/catalog/guide-fields'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Add guide' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return orNotFound(getProductFacts(ctx, productId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const form = await parseForm(args.request, guideFormInput, { maxBytes: 1024 * 1024 })
  if (!form.ok) return form.response
  const guide = { ...form.value, position: null, published: false }
  return respond(args, await createGuide(ctx, productId, guide), {
    form,
    redirectTo: ({ guideId }) => paths.admin.guide(productId, guideId),
    notice: `${form.value.title} is saved as a draft`,
  })
}

export default function NewGuide() {
  const product = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'new-guide', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <>
      <PageHeader
        title="Add guide"
        breadcrumbs={[
          { label: 'Products', to: paths.admin.products },
          { label: product.name, to: paths.admin.product(product.id) },
        ]}
        description="It begins as a draft that only admins see."
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <GuideFields form={form} previewAction={paths.admin.markdownPreview} />
            <FormActions>
              <SubmitButton>Add guide</SubmitButton>
              <ButtonLink to={paths.admin.product(product.id)}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
