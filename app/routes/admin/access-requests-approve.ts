// Bulk action of the list: approves the ticked requests.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/cloudflare'
import { approveAccessRequests } from '~/domain/access-requests/approve-access-requests.server'
import { chosenRequestsInput, requestsNotice } from '~/domain/access-requests/many-requests'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { requestChoice } from '~/platform/request-choice'

export async function loader(args: LoaderFunctionArgs) {
  await requireAdmin(args)
  return redirect(paths.admin.accessRequests, 303)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, chosenRequestsInput)
  if (!form.ok) return requestChoice.refuse(args, form)
  const outcome = await approveAccessRequests(ctx, form.value.id)
  return requestChoice.back(args, form.value.returnTo, outcome, requestsNotice(outcome, 'approved'))
}
