// For Try it: an access token of one's own client, for the page that is about to send a call with it.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { issueTokenForCall } from '~/domain/gateway/issue-token-for-call.server'
import { errorStatus } from '~/domain/kernel/errors'
import { signAccessToken } from '~/platform/access-tokens'
import { requireDeveloper } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { notFound } from '~/platform/responses'

const headers = { 'Cache-Control': 'no-store' }

export async function loader(args: LoaderFunctionArgs) {
  await requireDeveloper(args)
  return redirect(paths.dashboard.apps, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireDeveloper(args)
  const appId = idParam(args, 'app', 'appId')
  const credentialId = idParam(args, 'crd', 'credentialId')
  const result = await issueTokenForCall(ctx, appId, credentialId)
  if (result.ok) {
    const secret = await signAccessToken({ ...ctx, actor: { type: 'system' } }, result.value)
    return Response.json({ secret, expiresIn: result.value.lifetime }, { headers })
  }
  if (result.error.code === 'not_found') throw notFound()
  const { code, message } = result.error
  return Response.json({ problem: message }, { status: errorStatus[code], headers })
}
