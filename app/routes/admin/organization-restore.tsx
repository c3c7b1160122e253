import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { getOrganizationFacts } from '~/domain/organizations/queries.server'
import { restoreOrganization } from '~/domain/organizations/restore-organization.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Restore organization' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const organization = await orNotFound(getOrganizationFacts(ctx, organizationId))
  if (organization.state !== 'suspended') throw redirect(paths.admin.organization(organizationId), 303)
  return organization
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  return respond(args, await restoreOrganization(ctx, organizationId), {
    redirectTo: paths.admin.organization(organizationId),
    notice: ({ name }) => `${name} is active again`,
  })
}

export default function RestoreOrganization() {
  const organization = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={`Restore ${organization.name}`}
        breadcrumbs={[
          { label: 'Organizations', to: paths.admin.organizations },
          { label: organization.name, to: paths.admin.organization(organization.id) },
        ]}
      />
      <Card>
        <CardBody>
          <ConfirmForm
            action={paths.admin.restoreOrganization(organization.id)}
            confirmLabel="Restore organization"
            danger={false}
            cancel={<ButtonLink to={paths.admin.organization(organization.id)}>Cancel</ButtonLink>}
          >
            Within 10 seconds the gateway takes its credentials again, but for apps that are frozen. Its
            people can request access and change members and teams again.
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
