import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData } from '@remix-run/react'
import { editCatalogInput } from '~/domain/catalog/catalog'
import { createCatalog } from '~/domain/catalog/create-catalog.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { CatalogFields } from '~/ui/catalog/catalog-fields'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Create catalog' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, editCatalogInput)
  if (!form.ok) return form.response
  // Whom a custom catalog is for is chosen on its own page, one after the other.
  const nobody = { organizationIds: [], teamIds: [] }
  return respond(args, await createCatalog(ctx, { ...form.value, audience: nobody }), {
    form,
    redirectTo: ({ catalogId }) => paths.admin.catalog(catalogId),
    notice: `${form.value.name} is created`,
  })
}

export default function NewCatalog() {
  const form = useServerForm({
    id: 'new-catalog',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { visibility: 'private' },
  })
  return (
    <>
      <PageHeader title="Create catalog" breadcrumbs={[{ label: 'Catalogs', to: paths.admin.catalogs }]} />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <CatalogFields form={form} />
            <FormActions>
              <SubmitButton>Create catalog</SubmitButton>
              <ButtonLink to={paths.admin.catalogs}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
