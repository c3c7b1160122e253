import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { approveOrganization } from '~/domain/organizations/approve-organization.server'
import { approveOrganizationInput } from '~/domain/organizations/organization'
import { getOrganizationFacts } from '~/domain/organizations/queries.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { TextField } from '~/ui/field'
import { FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Approve organization' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const organization = await orNotFound(getOrganizationFacts(ctx, organizationId))
  // Decided meanwhile: the organization's page tells how.
  if (organization.state !== 'pending') throw redirect(paths.admin.organization(organizationId), 303)
  return organization
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const form = await parseForm(args.request, approveOrganizationInput)
  if (!form.ok) return form.response
  const result = await approveOrganization(ctx, organizationId, form.value)
  // There is nothing left to correct in the form, so the organization's page shows what happened and by whom.
  if (!result.ok && result.error.code === 'already_decided') {
    return redirectWithNotice(args, paths.admin.organization(organizationId), result.error.message, 'error')
  }
  return respond(args, result, {
    form,
    redirectTo: paths.admin.organization(organizationId),
    notice: ({ name }) => `${name} is approved`,
  })
}

export default function ApproveOrganization() {
  const organization = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'approve-organization',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { name: organization.name },
  })
  return (
    <FormPage
      title="Approve organization"
      breadcrumbs={[
        { label: 'Organizations', to: paths.admin.organizations },
        { label: organization.name, to: paths.admin.organization(organization.id) },
      ]}
      description={`${organization.requesterName ?? 'Whoever asked'} becomes its Super admin, moves there with their apps, and gets a mail.`}
      form={form}
      submit="Approve"
      cancelTo={paths.admin.organization(organization.id)}
    >
      <FormFields>
        <TextField
          {...form.field('name')}
          label="Organization name"
          hint="As it was asked for. You can correct it."
          maxLength={80}
          required
        />
      </FormFields>
    </FormPage>
  )
}
