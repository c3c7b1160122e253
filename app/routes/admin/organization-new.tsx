import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData } from '@remix-run/react'
import { createOrganization } from '~/domain/organizations/create-organization.server'
import { createOrganizationInput } from '~/domain/organizations/organization'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { TextField } from '~/ui/field'
import { FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
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
    <FormPage
      title="Add organization"
      breadcrumbs={[{ label: 'Organizations', to: paths.admin.organizations }]}
      form={form}
      submit="Add organization"
      cancelTo={paths.admin.organizations}
    >
      <FormFields>
        <TextField
          {...form.field('name')}
          label="Organization name"
          hint="A team for all of its users is made with it."
          maxLength={80}
          required
        />
      </FormFields>
    </FormPage>
  )
}
