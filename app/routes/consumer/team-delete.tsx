import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useLoaderData } from '@remix-run/react'
import { deleteTeam } from '~/domain/organizations/delete-team.server'
import { getOwnTeam } from '~/domain/organizations/queries-own.server'
import { requireSuperAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, redirectWithNotice, respond } from '~/platform/responses'
import { ButtonLink } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody } from '~/ui/card'
import { ConfirmForm } from '~/ui/confirm-form'
import { PageHeader } from '~/ui/page-header'

export const meta: MetaFunction = () => [{ title: 'Delete team' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const { team } = await orNotFound(getOwnTeam(ctx, teamId))
  return team
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const result = await deleteTeam(ctx, teamId)
  if (!result.ok && result.error.code === 'default_protected') {
    return redirectWithNotice(args, paths.dashboard.team(teamId), result.error.message, 'error')
  }
  return respond(args, result, {
    redirectTo: paths.dashboard.organization,
    notice: ({ name }) => `The team ${name} is deleted`,
  })
}

export default function DeleteTeam() {
  const team = useLoaderData<typeof loader>()
  const back = <ButtonLink to={paths.dashboard.team(team.id)}>Back to the team</ButtonLink>
  return (
    <>
      <PageHeader
        title="Delete team"
        breadcrumbs={[
          { label: 'Organization', to: paths.dashboard.organization },
          { label: team.name, to: paths.dashboard.team(team.id) },
        ]}
      />
      <Card>
        <CardBody>
          {team.isDefault ? (
            <Callout title="This team cannot be deleted" action={back}>
              It holds everybody of the organization.
            </Callout>
          ) : (
            <ConfirmForm
              action={paths.dashboard.deleteTeam(team.id)}
              confirmLabel="Delete team"
              cancel={back}
            >
              {consequences(team)}
            </ConfirmForm>
          )}
        </CardBody>
      </Card>
    </>
  )
}

function consequences({
  memberCount,
  sharedApps,
  catalogs,
}: {
  memberCount: number
  sharedApps: number
  catalogs: number
}) {
  return [
    memberCount === 0
      ? 'Nobody is in this team.'
      : `${memberCount === 1 ? 'Its member stays' : `Its ${memberCount} members stay`} in the organization and in the team of everybody.`,
    sharedApps > 0
      ? `${sharedApps === 1 ? 'One app that is shared with it becomes' : `${sharedApps} apps that are shared with it become`} personal: only the owner sees the keys, until the app is shared again.`
      : '',
    catalogs > 0
      ? `${catalogs === 1 ? 'One catalog is' : `${catalogs} catalogs are`} open to this team; its members may no longer see what is in there.`
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}
