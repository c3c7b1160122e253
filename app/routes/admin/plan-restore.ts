// The button **Offer again**.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { restorePlan } from '~/domain/catalog/restore-plan.server'
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
  return respond(args, await restorePlan(ctx, planId), {
    redirectTo: paths.admin.plan(planId),
    notice: ({ name }) => `${name} is offered again`,
  })
}
