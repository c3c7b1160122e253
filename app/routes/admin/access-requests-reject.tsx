import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { chosenRequestsWithReasonInput, requestsNotice } from '~/domain/access-requests/many-requests'
import { listChosenRequests } from '~/domain/access-requests/queries-list.server'
import { rejectAccessRequests } from '~/domain/access-requests/reject-access-requests.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { requestChoice } from '~/platform/request-choice'
import { ChosenRequests } from '~/ui/access-requests/chosen-requests'
import { FormErrors } from '~/ui/form-layout'
import { FormPage } from '~/ui/form-page'
import { ReasonField } from '~/ui/reason-field'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'Reject requests' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { ids, returnTo } = requestChoice.inAddress(args)
  const rows = await listChosenRequests(ctx, ids)
  const requests = rows.map(({ id, state, appName, organizationName, planName, products }) => ({
    id,
    state,
    appName,
    organizationName,
    planName,
    products,
  }))
  return { requests, returnTo }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, chosenRequestsWithReasonInput)
  if (!form.ok) return form.response
  const { id, reason, returnTo } = form.value
  const outcome = await rejectAccessRequests(ctx, id, { reason })
  return requestChoice.back(args, returnTo, outcome, requestsNotice(outcome, 'rejected'))
}

export default function RejectRequests() {
  const { requests, returnTo } = useLoaderData<typeof loader>()
  const form = useServerForm({ id: 'reject-requests', lastResult: useActionData<{ form: unknown }>()?.form })
  const waiting = requests.filter(({ state }) => state === 'pending').length
  const title = `Reject ${waiting} ${waiting === 1 ? 'request' : 'requests'}`
  return (
    <FormPage
      title={title}
      breadcrumbs={[{ label: 'Access requests', to: paths.admin.accessRequests }]}
      description="These apps get no access. Their developers are told, and can ask again."
      form={form}
      submit={waiting > 0 ? title : null}
      danger
      cancelTo={returnTo}
      cancelLabel={waiting > 0 ? 'Cancel' : 'Back to the list'}
    >
      <FormErrors errors={form.field('id').errors} />
      <ChosenRequests requests={requests} />
      {requests.map(({ id }) => (
        <input key={id} type="hidden" name="id" value={id} />
      ))}
      <input type="hidden" name="returnTo" value={returnTo} />
      {waiting > 0 && (
        <ReasonField form={form} hint="Each developer sees it on the page of the app and in the mail." />
      )}
    </FormPage>
  )
}
