import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { z } from 'zod'
import { themeCookieHeader } from '~/platform/cookies'
import { parseForm } from '~/platform/forms'
import { requireVisitor } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { safeReturnTo } from '~/platform/return-to'

const themeInput = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  returnTo: z.string().max(2000).catch(paths.home),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireVisitor(args)
  return redirect(paths.home, 303)
}

export async function action(args: ActionFunctionArgs) {
  await requireVisitor(args)
  const form = await parseForm(args.request, themeInput)
  if (!form.ok) return redirect(paths.home, 303)
  args.context.scope.setCookies.push(themeCookieHeader(form.value.theme))
  return redirect(safeReturnTo(form.value.returnTo, paths.home), 303)
}
