// The question for one's own passkeys, where a change of second factors asks for one.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { beginPasskeyProof } from '~/domain/accounts/begin-passkey-proof.server'
import { requireUser } from '~/platform/guards'
import { answerProblem, answerQuestion } from '~/platform/passkey-answers'
import { answerOptions } from '~/platform/passkeys'
import { paths } from '~/platform/paths'

export async function loader(args: LoaderFunctionArgs) {
  await requireUser(args)
  return redirect(paths.dashboard.twoFactor, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireUser(args)
  const result = await beginPasskeyProof(ctx)
  if (!result.ok) return answerProblem(result.error)
  return answerQuestion(args, result.value, answerOptions(ctx.origin, result.value))
}
