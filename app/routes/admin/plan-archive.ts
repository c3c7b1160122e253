// The button **Archive**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { archivePlan } from '~/domain/catalog/archive-plan.server'
import { parseId } from '~/domain/kernel/ids'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { notFound, respond } from '~/platform/responses'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  const planId = parseId('pln', args.params.planId)
  if (!planId) throw notFound()
  return redirect(paths.admin.plan(planId), 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const planId = parseId('pln', args.params.planId)
  if (!planId) throw notFound()
  return respond(args, await archivePlan(ctx, planId), {
    redirectTo: paths.admin.plan(planId),
    notice: ({ name }) => `${name} is archived: nobody can choose it any more`,
  })
}
