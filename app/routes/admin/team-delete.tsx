import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { deleteTeam } from '~/domain/organizations/delete-team.server'
import { getTeamDeletion } from '~/domain/organizations/queries-team.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound, orNotFound, redirectWithNotice } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { TeamDeletionFacts } from '~/ui/organizations/team-deletion-facts'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete team' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const found = await orNotFound(getTeamDeletion(ctx, teamId))
  if (found.team.isDefault) throw redirect(paths.admin.team(teamId), 303)
  return found
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const result = await deleteTeam(ctx, teamId)
  if (!result.ok && result.error.code === 'not_found') throw notFound()
  return result.ok
    ? redirectWithNotice(args, paths.admin.teams, `${result.value.name} is deleted`)
    : redirectWithNotice(args, paths.admin.team(teamId), result.error.message, 'error')
}

export default function DeleteTeam() {
  const { team, effects } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={`Delete ${team.name}`}
        breadcrumbs={[
          { label: 'Teams', to: paths.admin.teams },
          { label: team.name, to: paths.admin.team(team.id) },
        ]}
        description={`A team of ${team.organizationName}.`}
      />
      <Card>
        <CardBody>
          <ConfirmForm
            action={paths.admin.deleteTeam(team.id)}
            confirmLabel="Delete team"
            cancel={<ButtonLink to={paths.admin.team(team.id)}>Back to the team</ButtonLink>}
          >
            <TeamDeletionFacts members={team.members} {...effects} />
          </ConfirmForm>
        </CardBody>
      </Card>
    </>
  )
}
