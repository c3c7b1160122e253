import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { suspendOrganizationInput } from '~/domain/organizations/organization'
import { getOrganizationFacts } from '~/domain/organizations/queries.server'
import { suspendOrganization } from '~/domain/organizations/suspend-organization.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { FormPage } from '~/ui/form-page'
import { ReasonField } from '~/ui/reason-field'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Suspend organization' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const organization = await orNotFound(getOrganizationFacts(ctx, organizationId))
  if (organization.state !== 'active' || organization.isDefault) {
    throw redirect(paths.admin.organization(organizationId), 303)
  }
  return organization
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const form = await parseForm(args.request, suspendOrganizationInput)
  if (!form.ok) return form.response
  const result = await suspendOrganization(ctx, organizationId, form.value)
  if (!result.ok && result.error.code !== 'not_found') {
    return redirectWithNotice(args, paths.admin.organization(organizationId), result.error.message, 'error')
  }
  return respond(args, result, {
    form,
    redirectTo: paths.admin.organization(organizationId),
    notice: ({ name }) => `${name} is suspended`,
  })
}

export default function SuspendOrganization() {
  const organization = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'suspend-organization',
    lastResult: useActionData<{ form: unknown }>()?.form,
  })
  return (
    <FormPage
      title={`Suspend ${organization.name}`}
      breadcrumbs={[
        { label: 'Organizations', to: paths.admin.organizations },
        { label: organization.name, to: paths.admin.organization(organization.id) },
      ]}
      form={form}
      submit="Suspend organization"
      danger
      cancelTo={paths.admin.organization(organization.id)}
    >
      <p className="max-w-text text-muted">
        Within 10 seconds the gateway refuses every credential of this organization. Its people can log in and
        read, but neither request access nor change members and teams. You can restore it at any time.
      </p>
      <ReasonField
        form={form}
        hint="It stands in the activity of the organization, which its super admins read."
      />
    </FormPage>
  )
}
