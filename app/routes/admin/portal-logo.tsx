import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { logoUploadInput, readPortalLogo } from '~/domain/settings/logo'
import { setPortalLogo } from '~/domain/settings/set-portal-logo.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { logoToShow } from '~/platform/portal-look'
import { failedForm, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { BothThemes } from '~/ui/settings/both-themes'
import { BrandFace } from '~/ui/shell/brand'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Logo' }]

/** Room for a file that is too large to be told so, beside the form. */
const maxUploadBytes = 2 * 1024 * 1024

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const { settings } = await args.context.scope.viewer()
  return { portalName: settings.portalName, logo: logoToShow(settings) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, logoUploadInput, { maxBytes: maxUploadBytes })
  if (!form.ok) return form.response
  const logo = readPortalLogo(new Uint8Array(await form.value.logo.arrayBuffer()))
  if (!logo.ok) return failedForm(form, logo.error)
  return respond(args, await setPortalLogo(ctx, logo.value), {
    form,
    redirectTo: paths.admin.logo,
    notice: ({ changed }) => (changed ? 'The logo is saved' : 'This is the logo already'),
  })
}

const removalId = 'remove-logo'

export default function PortalLogo() {
  const { portalName, logo } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'portal-logo', lastResult: useActionData<{ form: unknown }>()?.form })
  const { defaultValue: _, ...field } = form.field('logo')
  return (
    <>
      <PageHeader
        title="Logo"
        breadcrumbs={[{ label: 'General settings', to: paths.admin.settings }]}
        description={
          logo
            ? 'On top of every page and of every mail.'
            : 'Without a logo a mark in the accent color stands beside the name, and mails begin with the name.'
        }
      />
      <Card>
        <CardBody className="flex flex-col gap-5">
          <BothThemes>
            <div className="flex items-center gap-2 font-semibold sm:gap-2.5">
              <BrandFace portalName={portalName} logo={logo} />
            </div>
          </BothThemes>
          <Form {...form.props} encType="multipart/form-data" className="flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            <FormFields>
              <TextField
                {...field}
                type="file"
                accept="image/png,image/jpeg,image/webp"
                label="Picture"
                hint="PNG, JPEG or WebP, at most 256 KB and 2,000 pixels wide and high. A logo twice as wide as high stands alone, any other beside the portal’s name. It is shown 28 pixels high, on a light ground in both themes."
                required
              />
            </FormFields>
            <FormActions>
              <SubmitButton>Save logo</SubmitButton>
              {logo && (
                <SubmitButton form={removalId} variant="secondary">
                  Remove logo
                </SubmitButton>
              )}
              <ButtonLink to={paths.admin.settings}>Back to general settings</ButtonLink>
            </FormActions>
          </Form>
          <Form id={removalId} method="post" action={paths.admin.removeLogo} className="hidden" />
        </CardBody>
      </Card>
    </>
  )
}
