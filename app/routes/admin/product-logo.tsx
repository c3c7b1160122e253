import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { readLogo } from '~/domain/catalog/logo'
import { getProductFacts } from '~/domain/catalog/queries-products.server'
import { setProductLogo } from '~/domain/catalog/set-product-logo.server'
import { logoUploadInput, maxLogoFormBytes } from '~/domain/settings/logo'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { failedForm, orNotFound, respond } from '~/platform/responses'
import { Avatar } from '~/ui/avatar'
import { Card, CardBody } from '~/ui/card'
import { PageHeader } from '~/ui/page-header'
import { LogoForm } from '~/ui/settings/logo-form'

export const meta: MetaFunction = () => [{ title: 'Logo' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  return orNotFound(getProductFacts(ctx, productId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const productId = idParam(args, 'prd', 'productId')
  const form = await parseForm(args.request, logoUploadInput, { maxBytes: maxLogoFormBytes })
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
  const lastResult = useActionData<{ form: unknown }>()?.form
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
          <LogoForm
            id="logo"
            lastResult={lastResult}
            accept="image/svg+xml,image/png,image/jpeg,image/webp"
            hint="SVG, PNG, JPEG or WebP, at most 256 KB. It is shown at up to 64 pixels, on light and dark."
            back={{ to: paths.admin.product(product.id), label: 'Cancel' }}
            removeAt={product.hasLogo ? paths.admin.removeProductLogo(product.id) : null}
          />
        </CardBody>
      </Card>
    </>
  )
}
