import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { editCatalogInput } from '~/domain/catalog/catalog'
import { editCatalog } from '~/domain/catalog/edit-catalog.server'
import { getCatalogFacts } from '~/domain/catalog/queries-catalogs.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { CatalogFields } from '~/ui/catalog/catalog-fields'
import { FormActions, FormErrors } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Edit catalog' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const catalogId = idParam(args, 'cat', 'catalogId')
  return orNotFound(getCatalogFacts(ctx, catalogId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const catalogId = idParam(args, 'cat', 'catalogId')
  const form = await parseForm(args.request, editCatalogInput)
  if (!form.ok) return form.response
  return respond(args, await editCatalog(ctx, catalogId, form.value), {
    form,
    redirectTo: paths.admin.catalog(catalogId),
    notice: ({ name }) => `${name} is saved`,
  })
}

export default function EditCatalog() {
  const { id, name, slug, visibility } = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'edit-catalog',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { name, slug, visibility },
  })
  return (
    <>
      <PageHeader
        title="Edit catalog"
        breadcrumbs={[
          { label: 'Catalogs', to: paths.admin.catalogs },
          { label: name, to: paths.admin.catalog(id) },
        ]}
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-5">
            <FormErrors errors={form.errors} />
            <CatalogFields form={form} />
            <FormActions>
              <SubmitButton>Save</SubmitButton>
              <ButtonLink to={paths.admin.catalog(id)}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
