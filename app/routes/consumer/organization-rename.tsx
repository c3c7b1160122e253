import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { renameOrganizationInput } from '~/domain/organizations/organization'
import { renameOrganization } from '~/domain/organizations/rename-organization.server'
import { parseForm } from '~/platform/forms'
import { requireSuperAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { NameForm } from '~/ui/organizations/name-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Rename organization' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireSuperAdmin(args)
  const { organization } = await args.context.scope.viewer()
  return { name: organization?.name ?? '' }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const form = await parseForm(args.request, renameOrganizationInput)
  if (!form.ok) return form.response
  return respond(args, await renameOrganization(ctx, ctx.actor.organizationId, form.value), {
    form,
    redirectTo: paths.dashboard.organization,
    notice: ({ name }) => `The organization is called ${name} now`,
  })
}

export default function RenameOrganization() {
  const { name } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Rename organization"
        breadcrumbs={[{ label: 'Organization', to: paths.dashboard.organization }]}
      />
      <NameForm
        id="rename-organization"
        label="Organization name"
        hint="The team of everybody is renamed with it, unless it has a name of its own."
        name={name}
        submitLabel="Rename"
        cancelTo={paths.dashboard.organization}
        lastResult={useActionData<{ form: unknown }>()?.form}
      />
    </>
  )
}
