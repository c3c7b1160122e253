import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { approveUnderPlanInput } from '~/domain/access-requests/access-request'
import { approveAccessRequest } from '~/domain/access-requests/approve-access-request.server'
import { getApprovalChoices } from '~/domain/access-requests/queries-approval.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { idParam } from '~/platform/params'
import { paths } from '~/platform/paths'
import { orNotFound, respond } from '~/platform/responses'
import { PlanCards } from '~/ui/access-requests/plan-cards'
import { FormPage } from '~/ui/form-page'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Approve under another plan' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const requestId = idParam(args, 'req', 'requestId')
  const choices = await orNotFound(getApprovalChoices(ctx, requestId))
  if (choices.request.state !== 'pending') return redirect(paths.admin.accessRequest(requestId), 303)
  return choices
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const requestId = idParam(args, 'req', 'requestId')
  const form = await parseForm(args.request, approveUnderPlanInput)
  if (!form.ok) return form.response
  const result = await approveAccessRequest(ctx, requestId, form.value)
  const to = { redirectTo: paths.admin.accessRequest(requestId), notice: 'Request approved' }
  // Too late: the request's own page shows how it was decided, this form would only lead there again.
  return respond(args, result, !result.ok && result.error.fields ? { ...to, form } : to)
}

export default function ApproveUnderAnotherPlan() {
  const { request, plans } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'plan', lastResult: useActionData<{ form: unknown }>()?.form })
  const back = paths.admin.accessRequest(request.id)
  return (
    <FormPage
      title="Approve under another plan"
      breadcrumbs={[
        { label: 'Access requests', to: paths.admin.accessRequests },
        { label: request.appName, to: back },
      ]}
      description={`${request.appName} asks for ${request.products.join(', ')} under the plan ${request.planName}. The developer is told which plan it got instead.`}
      form={form}
      submit={plans.length > 0 ? 'Approve' : null}
      cancelTo={back}
    >
      {plans.length > 0 ? (
        <PlanCards form={form} plans={plans} chosen={request.planId} />
      ) : (
        <p className="text-muted">{request.catalogName} offers no other plan.</p>
      )}
    </FormPage>
  )
}
