import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { rejectOrganizationInput } from '~/domain/organizations/organization'
import { getOrganizationFacts } from '~/domain/organizations/queries.server'
import { rejectOrganization } from '~/domain/organizations/reject-organization.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { FormPage } from '~/ui/form-page'
import { ReasonField } from '~/ui/reason-field'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Reject organization' }]

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
  const form = await parseForm(args.request, rejectOrganizationInput)
  if (!form.ok) return form.response
  const result = await rejectOrganization(ctx, organizationId, form.value)
  // There is nothing left to correct in the form, so the organization's page shows what happened and by whom.
  if (!result.ok && result.error.code === 'already_decided') {
    return redirectWithNotice(args, paths.admin.organization(organizationId), result.error.message, 'error')
  }
  return respond(args, result, {
    form,
    redirectTo: paths.admin.organization(organizationId),
    notice: ({ name }) => `The organization ${name} is rejected`,
  })
}

export default function RejectOrganization() {
  const organization = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'reject-organization',
    lastResult: useActionData<{ form: unknown }>()?.form,
  })
  return (
    <FormPage
      title="Reject organization"
      breadcrumbs={[
        { label: 'Organizations', to: paths.admin.organizations },
        { label: organization.name, to: paths.admin.organization(organization.id) },
      ]}
      description={`${organization.requesterName ?? 'Whoever asked'} stays in the default organization, and gets a mail that says so.`}
      form={form}
      submit="Reject organization"
      danger
      cancelTo={paths.admin.organization(organization.id)}
    >
      <ReasonField form={form} hint="The developer reads it in the mail." />
    </FormPage>
  )
}
