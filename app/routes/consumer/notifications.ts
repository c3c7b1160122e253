// Posted by the card of mails on the profile.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { updateNotificationsInput } from '~/domain/accounts/account'
import { updateNotifications } from '~/domain/accounts/update-notifications.server'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { redirectWithNotice, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args)
  return redirect(paths.dashboard.profile, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const form = await parseForm(args.request, updateNotificationsInput)
  if (!form.ok) {
    return redirectWithNotice(
      args,
      paths.dashboard.profile,
      'Choose your mails again and save them.',
      'error',
    )
  }
  return respond(args, await updateNotifications(ctx, form.value), {
    redirectTo: paths.dashboard.profile,
    notice: 'Choices saved',
  })
}
