import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { readLogo } from '~/domain/catalog/logo'
import { getProductFacts } from '~/domain/catalog/queries-products.server'
import { setProductLogo } from '~/domain/catalog/set-product-logo.server'
import { logoUploadInput } from '~/domain/settings/logo'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { failedForm, orNotFound, respond } from '~/platform/responses'
import { Avatar } from '~/ui/avatar'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Logo' }]

/** Room for a file that is too large to be told so, beside the form. */
const maxUploadBytes = 2 * 1024 * 1024

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return orNotFound(getProductFacts(ctx, productId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const form = await parseForm(args.request, logoUploadInput, { maxBytes: maxUploadBytes })
  if (!form.ok) return form.response
  const logo = readLogo(new Uint8Array(await form.value.logo.arrayBuffer()))
  if (!logo.ok) return failedForm(form, logo.error)
  return respond(args, await setProductLogo(ctx, productId, logo.value), {
    form,
    redirectTo: paths.admin.product(productId),
    notice: 'The logo is saved',
  })
}

export default function ProductLogo() {
  const product = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'logo', lastResult: useActionData<{ form: unknown }>()?.form })
  const { defaultValue: _, ...field } = form.field('logo')
  return (
    <>
      <PageHeader
        title="Logo"
        breadcrumbs={[
          { label: 'Products', to: paths.admin.products },
          { label: product.name, to: paths.admin.product(product.id) },
        ]}
      />
      <Card>
        <CardBody className="flex flex-col gap-5">
          <div className="flex items-center gap-3">
            <Avatar
              square
              size="lg"
              name={product.name}
              src={product.hasLogo ? paths.productLogo(product.slug) : null}
            />
            <p className="text-muted">
              {product.hasLogo ? 'This is the logo now.' : 'Without a logo, initials are shown.'}
            </p>
          </div>
          <Form {...form.props} encType="multipart/form-data" className="flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            <FormFields>
              <TextField
                {...field}
                type="file"
                accept="image/svg+xml,image/png,image/jpeg,image/webp"
                label="Picture"
                hint="SVG, PNG, JPEG or WebP, at most 256 KB. It is shown at up to 64 pixels, on light and dark."
                required
              />
            </FormFields>
            <FormActions>
              <SubmitButton>Save logo</SubmitButton>
              <ButtonLink to={paths.admin.product(product.id)}>Cancel</ButtonLink>
            </FormActions>
          </Form>
          {product.hasLogo && (
            <Form method="post" action={paths.admin.removeProductLogo(product.id)}>
              <SubmitButton variant="secondary">Remove logo</SubmitButton>
            </Form>
          )}
        </CardBody>
      </Card>
    </>
  )
}
