// The button **Archive**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { archivePlan } from '~/domain/catalog/archive-plan.server'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const planId = idParam(args, 'pln', 'planId')
  return redirect(paths.admin.plan(planId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const planId = idParam(args, 'pln', 'planId')
  return respond(args, await archivePlan(ctx, planId), {
    redirectTo: paths.admin.plan(planId),
    notice: ({ name }) => `${name} is archived: nobody can choose it any more`,
  })
}
