import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { deleteOrganization } from '~/domain/organizations/delete-organization.server'
import { deleteOrganizationInput } from '~/domain/organizations/organization'
import { getOrganizationDeletion } from '~/domain/organizations/queries-deletion.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { OrganizationDeletionFacts } from '~/ui/organizations/deletion-facts'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Delete organization' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  return { organizationId, preview: await orNotFound(getOrganizationDeletion(ctx, organizationId)) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const organizationId = idParam(args, 'org', 'organizationId')
  const form = await parseForm(args.request, deleteOrganizationInput)
  if (!form.ok) return form.response
  const result = await deleteOrganization(ctx, organizationId, form.value)
  if (!result.ok && !result.error.fields && result.error.code !== 'not_found') {
    return redirectWithNotice(args, paths.admin.organization(organizationId), result.error.message, 'error')
  }
  return respond(args, result, {
    form,
    redirectTo: paths.admin.organizations,
    notice: ({ name }) => `${name} is deleted`,
  })
}

const blocked = {
  default: 'The default organization is where everybody lands who registers. It can be renamed only.',
  pending: 'It waits for a decision. Approve or reject it first.',
}

export default function DeleteOrganization() {
  const { organizationId, preview } = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'delete-organization',
    lastResult: useActionData<{ form: unknown }>()?.form,
  })
  const back = <ButtonLink to={paths.admin.organization(organizationId)}>Back to the organization</ButtonLink>
  const confirmation = form.field('confirmation')
  return (
    <>
      <PageHeader
        title={`Delete ${preview.name}`}
        breadcrumbs={[
          { label: 'Organizations', to: paths.admin.organizations },
          { label: preview.name, to: paths.admin.organization(organizationId) },
        ]}
      />
      <Card>
        <CardBody>
          {preview.blockedBy ? (
            <Callout tone="amber" title="This organization cannot be deleted" action={back}>
              {blocked[preview.blockedBy]}
            </Callout>
          ) : (
            <ConfirmForm
              action={paths.admin.deleteOrganization(organizationId)}
              confirmLabel="Delete organization"
              typeToConfirm={preview.name}
              id={confirmation.id}
              errors={[...(confirmation.errors ?? []), ...(form.errors ?? [])]}
              cancel={back}
            >
              <OrganizationDeletionFacts preview={preview} />
            </ConfirmForm>
          )}
        </CardBody>
      </Card>
    </>
  )
}
