// For Try it: hands a key to the page that is about to send a call with it, under the rules of Reveal.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { revealCredential } from '~/domain/apps/reveal-credential.server'
import { errorStatus } from '~/domain/kernel/errors'
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
  const result = await revealCredential(ctx, appId, credentialId, 'call')
  if (result.ok) return Response.json({ secret: result.value.secret }, { headers })
  if (result.error.code === 'not_found') throw notFound()
  const { code, message } = result.error
  return Response.json({ problem: message }, { status: errorStatus[code], headers })
}
