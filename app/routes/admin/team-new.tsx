import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { parseId } from '~/domain/kernel/ids'
import { createTeam } from '~/domain/organizations/create-team.server'
import { addTeamInput } from '~/domain/organizations/organization'
import { listOrganizationChoices } from '~/domain/organizations/queries.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { failedForm, respond } from '~/platform/responses'
import { ButtonLink, SubmitButton } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { TextField } from '~/ui/field'
import { FormActions, FormErrors, FormFields } from '~/ui/form-layout'
import { OrganizationChooser } from '~/ui/organizations/organization-chooser'
import { PageHeader } from '~/ui/page-header'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Add team' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const params = new URL(args.request.url).searchParams
  const search = params.get('search')?.trim().slice(0, 80) ?? ''
  const chosen = parseId('org', params.get('organization') ?? undefined)
  return { ...(await listOrganizationChoices(ctx, { search, chosen })), search }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, addTeamInput)
  if (!form.ok) return form.response
  const { organizationId, ...team } = form.value
  const result = await createTeam(ctx, organizationId, team)
  // The organization is a choice of the form, not what the address names.
  if (!result.ok && result.error.code === 'not_found') return failedForm(form, result.error)
  return respond(args, result, {
    form,
    redirectTo: ({ teamId }) => paths.admin.team(teamId),
    notice: 'Team created',
  })
}

export default function NewTeam() {
  const { organizations, more, chosen, search } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'new-team', lastResult: useActionData<{ form: unknown }>()?.form })
  return (
    <>
      <PageHeader title="Add team" breadcrumbs={[{ label: 'Teams', to: paths.admin.teams }]} />
      <Card>
        <CardHeader title="Where" description="Choose the organization first." />
        <CardBody>
          <OrganizationChooser
            organizations={organizations}
            chosenId={chosen?.id ?? null}
            search={search}
            more={more}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title={`A new team of ${chosen?.name ?? 'the organization'}`} />
        <CardBody>
          <Form {...form.props} className="flex flex-col gap-4">
            <FormErrors errors={[...(form.errors ?? []), ...(form.field('organizationId').errors ?? [])]} />
            <input type="hidden" name="organizationId" value={chosen?.id ?? 'org_default'} />
            <FormFields>
              <TextField
                {...form.field('name')}
                label="Team name"
                hint="You add its members next."
                maxLength={80}
                required
              />
            </FormFields>
            <FormActions>
              <SubmitButton>Add team</SubmitButton>
              <ButtonLink to={paths.admin.teams}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        </CardBody>
      </Card>
    </>
  )
}
