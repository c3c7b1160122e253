// The question that a browser puts to a passkey to log in. It is the same for everybody.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { beginPasskeyLogIn } from '~/domain/accounts/begin-passkey-log-in.server'
import { requireVisitor } from '~/platform/guards'
import { answerProblem, answerQuestion } from '~/platform/passkey-answers'
import { answerOptions } from '~/platform/passkeys'
import { paths } from '~/platform/paths'

export async function loader(args: LoaderFunctionArgs) {
  await requireVisitor(args)
  return redirect(paths.auth.login(), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  const result = await beginPasskeyLogIn(ctx)
  if (!result.ok) return answerProblem(result.error)
  return answerQuestion(args, result.value, answerOptions(ctx.origin, result.value))
}
