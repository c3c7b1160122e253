// Logging out is a POST. Whoever opens the address goes home, still logged in.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { logOut } from '~/domain/accounts/log-out.server'
import { clearedSessionCookieHeader } from '~/platform/cookies'
import { requireVisitor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { redirectWithNotice } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireVisitor(args)
  return redirect(paths.home, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireVisitor(args)
  await logOut(ctx, await args.context.scope.sessionTokenHash())
  args.context.scope.setCookies.push(clearedSessionCookieHeader())
  return redirectWithNotice(args, paths.home, 'You are logged out.', 'info')
}
