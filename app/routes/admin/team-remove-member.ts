// The button **Remove** of a team's member. They stay in the organization and its default team.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { removeTeamMemberInput } from '~/domain/organizations/organization'
import { setTeamMembers } from '~/domain/organizations/set-team-members.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { redirectWithNotice, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  return redirect(paths.admin.team(teamId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const teamId = idParam(args, 'team', 'teamId')
  const form = await parseForm(args.request, removeTeamMemberInput)
  if (!form.ok) {
    return redirectWithNotice(args, paths.admin.team(teamId), 'Choose somebody to remove.', 'error')
  }
  const result = await setTeamMembers(ctx, teamId, { add: [], remove: [form.value.userId] })
  return respond(args, result, {
    redirectTo: paths.admin.team(teamId),
    notice: 'Removed from the team',
  })
}
