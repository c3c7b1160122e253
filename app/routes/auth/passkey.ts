// Logging in with a passkey instead of a password.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { logInWithPasskey } from '~/domain/accounts/log-in-with-passkey.server'
import { logInWithPasskeyInput } from '~/domain/accounts/passkey'
import { challengeTokenOf, enter, returnToOf } from '~/platform/enter'
import { parseForm } from '~/platform/forms'
import { requireVisitor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { redirectWithNotice } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireVisitor(args)
  return redirect(paths.auth.login(), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const form = await parseForm(args.request, logInWithPasskeyInput)
  const login = paths.auth.login({ returnTo: returnToOf(args) })
  if (!form.ok) return redirectWithNotice(args, login, 'Your browser did not send a passkey.', 'error')
  const endedSession = await args.context.scope.sessionTokenHash()
  const result = await logInWithPasskey(ctx, challengeTokenOf(args), form.value, endedSession)
  return result.ok
    ? enter(args, result.value)
    : redirectWithNotice(args, login, result.error.message, 'error')
}
