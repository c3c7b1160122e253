// The ticked rows of the list of users: from its form, or from the address of a page that asks once more.
import { redirect } from '@remix-run/cloudflare'
import { chosenUsersInput, type Outcome } from '~/domain/accounts/many-users'
import type { UserId } from '~/domain/kernel/ids'
import type { FormReply } from './forms'
import type { GuardArgs } from './guards'
import { paths } from './paths'
import { redirectWithNotice } from './responses'
import { safeReturnTo } from './return-to'

/** Where the list stood: one comes back to the same filter. */
export function returnAddress(returnTo: string | null | undefined): string {
  const to = safeReturnTo(returnTo, paths.admin.users)
  const { pathname } = new URL(to, 'https://portal.invalid')
  return pathname === paths.admin.users || pathname === paths.admin.home ? to : paths.admin.users
}

export function backToUsers(
  args: GuardArgs,
  returnTo: string | undefined,
  outcome: Outcome,
  notice: string,
): Response {
  const kind = outcome.skipped.length === 0 ? 'success' : outcome.done.length === 0 ? 'error' : 'info'
  return redirectWithNotice(args, returnAddress(returnTo), notice, kind)
}

/** Nothing ticked, or too much: the list says so. */
export function refuseChoice(args: GuardArgs, form: { response: { data: { form: FormReply } } }): Response {
  const { error } = form.response.data.form
  const message = error?.['id']?.[0] ?? Object.values(error ?? {}).flat()[0]
  return redirectWithNotice(args, paths.admin.users, message ?? 'Tick at least one user.', 'error')
}

/** For a page that asks before it acts: the people in its address, or a way back. */
export function chosenInAddress(args: GuardArgs): { ids: UserId[]; returnTo: string } {
  const params = new URL(args.request.url).searchParams
  const chosen = chosenUsersInput.safeParse({ id: params.getAll('id') })
  const returnTo = returnAddress(params.get('returnTo'))
  if (chosen.success) return { ids: chosen.data.id, returnTo }
  if (params.has('id') || params.has('returnTo')) {
    const message = chosen.error.issues[0]?.message ?? 'Tick at least one user.'
    throw redirectWithNotice(args, returnTo, message, 'error')
  }
  throw redirect(paths.admin.users, 303)
}
