import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { setTeamMembersInput } from '~/domain/organizations/organization'
import { setTeamMembers } from '~/domain/organizations/set-team-members.server'
import { parseForm } from '~/platform/forms'
import { requireSuperAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { redirectWithNotice, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireSuperAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  return redirect(paths.dashboard.team(teamId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireSuperAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const back = paths.dashboard.team(teamId)
  const form = await parseForm(args.request, setTeamMembersInput)
  if (!form.ok) return redirectWithNotice(args, back, 'Choose people of the organization.', 'error')
  return respond(args, await setTeamMembers(ctx, teamId, form.value), {
    redirectTo: back,
    notice: 'The team is saved',
  })
}
