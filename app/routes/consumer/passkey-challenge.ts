// The question by which an authenticator makes a new passkey; it takes the current password.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { beginPasskey } from '~/domain/accounts/begin-passkey.server'
import { beginPasskeyInput } from '~/domain/accounts/passkey'
import { fieldError } from '~/domain/kernel/errors'
import { parseForm } from '~/platform/forms'
import { requireUser } from '~/platform/guards'
import { answerProblem, answerQuestion } from '~/platform/passkey-answers'
import { enrolmentOptions } from '~/platform/passkeys'
import { paths } from '~/platform/paths'

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args, { during: 'enrolment' })
  return redirect(paths.dashboard.newPasskey, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args, { during: 'enrolment' })
  const form = await parseForm(args.request, beginPasskeyInput)
  if (!form.ok) return answerProblem(fieldError('currentPassword', 'Enter your current password.'))
  const result = await beginPasskey(ctx, form.value)
  if (!result.ok) return answerProblem(result.error)
  const { settings } = await args.context.scope.viewer()
  const options = enrolmentOptions(ctx.origin, settings.portalName, ctx.actor, result.value)
  return answerQuestion(args, result.value, options)
}
