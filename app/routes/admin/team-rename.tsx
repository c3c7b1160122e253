import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { renameTeamInput } from '~/domain/organizations/organization'
import { getTeamFacts } from '~/domain/organizations/queries-team.server'
import { renameTeam } from '~/domain/organizations/rename-team.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { TextField } from '~/ui/field'
import { FormFields } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Rename team' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  return orNotFound(getTeamFacts(ctx, teamId))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const form = await parseForm(args.request, renameTeamInput)
  if (!form.ok) return form.response
  return respond(args, await renameTeam(ctx, teamId, form.value), {
    form,
    redirectTo: paths.admin.team(teamId),
    notice: ({ name }) => `The team is now called ${name}`,
  })
}

export default function RenameTeam() {
  const team = useLoaderData<typeof loader>()
  const form = useServerForm({
    id: 'rename-team',
    lastResult: useActionData<{ form: unknown }>()?.form,
    defaultValue: { name: team.name },
  })
  return (
    <FormPage
      title="Rename team"
      breadcrumbs={[
        { label: 'Teams', to: paths.admin.teams },
        { label: team.name, to: paths.admin.team(team.id) },
      ]}
      description={`A team of ${team.organizationName}.`}
      form={form}
      submit="Save"
      cancelTo={paths.admin.team(team.id)}
    >
      <FormFields>
        <TextField {...form.field('name')} label="Team name" maxLength={80} required />
      </FormFields>
    </FormPage>
  )
}
