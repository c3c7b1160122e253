import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { renameTeamInput } from '~/domain/organizations/organization'
import { getOwnTeam } from '~/domain/organizations/queries-own.server'
import { renameTeam } from '~/domain/organizations/rename-team.server'
import { parseForm } from '~/platform/forms'
import { requireSuperAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { NameForm } from '~/ui/organizations/name-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Rename team' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const { team } = await orNotFound(getOwnTeam(ctx, teamId))
  return { id: team.id, name: team.name }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const form = await parseForm(args.request, renameTeamInput)
  if (!form.ok) return form.response
  return respond(args, await renameTeam(ctx, teamId, form.value), {
    form,
    redirectTo: paths.dashboard.team(teamId),
    notice: ({ name }) => `The team is called ${name} now`,
  })
}

export default function RenameTeam() {
  const { id, name } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Rename team"
        breadcrumbs={[
          { label: 'Organization', to: paths.dashboard.organization },
          { label: name, to: paths.dashboard.team(id) },
        ]}
      />
      <NameForm
        id="rename-team"
        label="Team name"
        name={name}
        submitLabel="Rename"
        cancelTo={paths.dashboard.team(id)}
        lastResult={useActionData<{ form: unknown }>()?.form}
      />
    </>
  )
}
