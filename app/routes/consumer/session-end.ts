// The button **End session** of the profile.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { endSession } from '~/domain/accounts/end-sessions.server'
import { requireUser } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args)
  return redirect(paths.dashboard.profile, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const sessionId = idParam(args, 'ses', 'sessionId')
  return respond(args, await endSession(ctx, sessionId), {
    redirectTo: paths.dashboard.profile,
    notice: 'Session ended',
  })
}
