import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { resetMailTextInput } from '~/domain/notifications/mail-text'
import { resetMailText } from '~/domain/notifications/reset-mail-text.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { mailParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.email(mailParam(args)), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const template = mailParam(args)
  const form = await parseForm(args.request, resetMailTextInput)
  return respond(args, await resetMailText(ctx, template, form.ok ? form.value.version : -1), {
    redirectTo: paths.admin.email(template),
    notice: ({ changed }) => (changed ? 'The default words are back' : 'It has its default words already'),
  })
}
