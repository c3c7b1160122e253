// The ticked rows of the list of access requests: from its form, or from the address of a page that asks once more.
import { redirect } from '@remix-run/cloudflare'
import { chosenRequestsInput, type RequestsOutcome } from '~/domain/access-requests/many-requests'
import type { Id } from '~/domain/kernel/ids'
import type { FormReply } from './forms'
import type { GuardArgs } from './guards'
import { paths } from './paths'
import { redirectWithNotice } from './responses'
import { safeReturnTo } from './return-to'

/** Where the list stood: one comes back to the same filter. */
function returnAddress(returnTo: string | null | undefined): string {
  const to = safeReturnTo(returnTo, paths.admin.accessRequests)
  return new URL(to, 'https://portal.invalid').pathname === paths.admin.accessRequests
    ? to
    : paths.admin.accessRequests
}

export function backToRequests(
  args: GuardArgs,
  returnTo: string | undefined,
  outcome: RequestsOutcome,
  notice: string,
): Response {
  const kind = outcome.skipped.length === 0 ? 'success' : outcome.done.length === 0 ? 'error' : 'info'
  return redirectWithNotice(args, returnAddress(returnTo), notice, kind)
}

/** Nothing ticked, or too much: the list says so. */
export function refuseRequests(args: GuardArgs, form: { response: { data: { form: FormReply } } }): Response {
  const { error } = form.response.data.form
  const message = error?.['id']?.[0] ?? Object.values(error ?? {}).flat()[0]
  return redirectWithNotice(
    args,
    paths.admin.accessRequests,
    message ?? 'Tick at least one request.',
    'error',
  )
}

/** For a page that asks before it acts: the requests in its address, or a way back. */
export function requestsInAddress(args: GuardArgs): { ids: Id<'req'>[]; returnTo: string } {
  const params = new URL(args.request.url).searchParams
  const chosen = chosenRequestsInput.safeParse({ id: params.getAll('id') })
  const returnTo = returnAddress(params.get('returnTo'))
  if (chosen.success) return { ids: chosen.data.id, returnTo }
  if (params.has('id') || params.has('returnTo')) {
    const message = chosen.error.issues[0]?.message ?? 'Tick at least one request.'
    throw redirectWithNotice(args, returnTo, message, 'error')
  }
  throw redirect(paths.admin.accessRequests, 303)
}
