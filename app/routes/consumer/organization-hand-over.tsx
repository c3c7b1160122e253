import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { handOverOrganization } from '~/domain/organizations/hand-over-organization.server'
import { handOverOrganizationInput } from '~/domain/organizations/organization'
import { getOwnOrganization } from '~/domain/organizations/queries-own.server'
import { parseForm } from '~/platform/forms'
import { requireSuperAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { SelectField } from '~/ui/field'
import { FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Hand over' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const { organization, successors } = await orNotFound(getOwnOrganization(ctx))
  return { organizationName: organization.name, successors }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const form = await parseForm(args.request, handOverOrganizationInput)
  if (!form.ok) return form.response
  return respond(args, await handOverOrganization(ctx, form.value), {
    form,
    redirectTo: paths.dashboard.organization,
    notice: ({ name }) => `${name} is super admin now, and you are a team member`,
  })
}

export default function HandOver() {
  const { organizationName, successors } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'hand-over', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <FormPage
      title={`Hand over ${organizationName}`}
      breadcrumbs={[{ label: 'Organization', to: paths.dashboard.organization }]}
      form={form}
      submit="Hand over and step down"
      danger
      cancelTo={paths.dashboard.organization}
    >
      <p className="max-w-text text-muted">
        The person you choose becomes Super admin, and you become Team member. Both get it at once; only a
        super admin can change it back.
      </p>
      <FormFields>
        <SelectField
          {...form.field('userId')}
          label="New super admin"
          options={[
            { value: '', label: 'Choose a member' },
            ...successors.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
          ]}
        />
      </FormFields>
    </FormPage>
  )
}
