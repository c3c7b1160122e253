// The button **End all others** of the profile.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { endOtherSessions } from '~/domain/accounts/end-sessions.server'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args)
  return redirect(paths.dashboard.profile, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  return respond(args, await endOtherSessions(ctx), {
    redirectTo: paths.dashboard.profile,
    notice: ({ ended }) => (ended === 1 ? 'One session ended' : `${ended} sessions ended`),
  })
}
