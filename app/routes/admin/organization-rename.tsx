import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { renameOrganizationInput } from '~/domain/organizations/organization'
import { getOrganizationFacts } from '~/domain/organizations/queries.server'
import { renameOrganization } from '~/domain/organizations/rename-organization.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { TextField } from '~/ui/field'
import { FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Rename organization' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const organization = await orNotFound(getOrganizationFacts(ctx, organizationId))
  // One that waits gets its name with the decision; one that was rejected keeps it.
  if (organization.state === 'pending' || organization.state === 'rejected') {
    throw redirect(paths.admin.organization(organizationId), 303)
  }
  return organization
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const form = await parseForm(args.request, renameOrganizationInput)
  if (!form.ok) return form.response
  return respond(args, await renameOrganization(ctx, organizationId, form.value), {
    form,
    redirectTo: paths.admin.organization(organizationId),
    notice: ({ name }) => `The organization is now called ${name}`,
  })
}

export default function RenameOrganization() {
  const organization = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'rename-organization',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { name: organization.name },
  })
  return (
    <FormPage
      title="Rename organization"
      breadcrumbs={[
        { label: 'Organizations', to: paths.admin.organizations },
        { label: organization.name, to: paths.admin.organization(organization.id) },
      ]}
      form={form}
      submit="Save"
      cancelTo={paths.admin.organization(organization.id)}
    >
      <FormFields>
        <TextField
          {...form.field('name')}
          label="Organization name"
          hint="The team of all its users follows, unless somebody gave it a name of its own."
          maxLength={80}
          required
        />
      </FormFields>
    </FormPage>
  )
}
