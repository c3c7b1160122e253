import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData } from '@remix-run/react'
import { createOrganization } from '~/domain/organizations/create-organization.server'
import { createOrganizationInput } from '~/domain/organizations/organization'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Add organization' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, createOrganizationInput)
  if (!form.ok) return form.response
  const result = await createOrganization(ctx, form.value)
  return respond(args, result, {
    form,
    redirectTo: ({ organizationId }) => paths.admin.organization(organizationId),
    notice: 'Organization created',
  })
}

export default function NewOrganization() {
  const form = useServerForm({ id: 'new-organization', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <>
      <PageHeader
        title="Add organization"
        breadcrumbs={[{ label: 'Organizations', to: paths.admin.organizations }]}
      />
      <Card>
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-4">
            <FormErrors errors={form.errors} />
            <FormFields>
              <TextField
                {...form.field('name')}
                label="Organization name"
                hint="A team for all of its users is made with it."
                maxLength={80}
                required
              />
            </FormFields>
            <FormActions>
              <SubmitButton>Add organization</SubmitButton>
              <ButtonLink to={paths.admin.organizations}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
