// The button **End session** of the profile.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { endSession } from '~/domain/accounts/end-sessions.server'
import { parseId } from '~/domain/kernel/ids'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args)
  return redirect(paths.dashboard.profile, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const sessionId = parseId('ses', args.params.sessionId)
  if (!sessionId) throw notFound()
  return respond(args, await endSession(ctx, sessionId), {
    redirectTo: paths.dashboard.profile,
    notice: 'Session ended',
  })
}
