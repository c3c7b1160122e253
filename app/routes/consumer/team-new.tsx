import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData } from '@remix-run/react'
import { createTeam } from '~/domain/organizations/create-team.server'
import { createTeamInput } from '~/domain/organizations/organization'
import { parseForm } from '~/platform/forms'
import { requireSuperAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'
import { NameForm } from '~/ui/organizations/name-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Create team' }]

export async function loader(args: LoaderFunctionArgs) {
  await requireSuperAdmin(args)
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const form = await parseForm(args.request, createTeamInput)
  if (!form.ok) return form.response
  return respond(args, await createTeam(ctx, ctx.actor.organizationId, form.value), {
    form,
    redirectTo: ({ teamId }) => paths.dashboard.team(teamId),
    notice: 'Team created. Add its members.',
  })
}

export default function NewTeam() {
  return (
    <>
      <PageHeader
        title="Create team"
        breadcrumbs={[{ label: 'Organization', to: paths.dashboard.organization }]}
      />
      <NameForm
        id="new-team"
        label="Team name"
        submitLabel="Create team"
        cancelTo={paths.dashboard.organization}
        lastResult={useActionData<{ form: unknown }>()?.form}
      />
    </>
  )
}
