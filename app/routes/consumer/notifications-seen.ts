// Posted by the list of what is new.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { z } from 'zod'
import { seeNotifications } from '~/domain/accounts/see-notifications.server'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

/** When the list was loaded: what came since stays new. */
const input = z.object({ until: z.coerce.number().int().min(0) })

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args)
  return redirect(paths.dashboard.notificationList, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const form = await parseForm(args.request, input)
  const result = await seeNotifications(ctx, form.ok ? form.value.until : 0)
  return respond(args, result, { redirectTo: paths.dashboard.notificationList })
}
