// The ticked rows of a list: from its form, or from the address of a page that asks once more.
import { redirect } from '@remix-run/cloudflare'
import type { z } from 'zod'
import type { Outcome } from '~/domain/kernel/outcome'
import type { FormReply } from './forms'
import type { GuardArgs } from './guards'
import { redirectWithNotice } from './responses'
import { safeReturnTo } from './return-to'

type Choice<Id> = {
  /** Where the list is. */
  list: string
  /** Where its buttons are besides. */
  alsoAt?: string
  input: z.ZodType<{ id: Id[] }>
  /** What somebody is told who ticked none. */
  none: string
}

export function rowChoice<Id>({ list, alsoAt = list, input, none }: Choice<Id>) {
  /** Where the list stood: one comes back to the same filter. */
  function returnAddress(returnTo: string | null | undefined): string {
    const to = safeReturnTo(returnTo, list)
    const { pathname } = new URL(to, 'https://portal.invalid')
    return pathname === list || pathname === alsoAt ? to : list
  }

  return {
    returnAddress,

    back(args: GuardArgs, returnTo: string | undefined, outcome: Outcome, notice: string): Response {
      const kind = outcome.skipped.length === 0 ? 'success' : outcome.done.length === 0 ? 'error' : 'info'
      return redirectWithNotice(args, returnAddress(returnTo), notice, kind)
    },

    /** Nothing ticked, or too much: the list says so. */
    refuse(args: GuardArgs, form: { response: { data: { form: FormReply } } }): Response {
      const { error } = form.response.data.form
      const message = error?.['id']?.[0] ?? Object.values(error ?? {}).flat()[0]
      return redirectWithNotice(args, list, message ?? none, 'error')
    },

    /** For a page that asks before it acts: what its address names, or a way back. */
    inAddress(args: GuardArgs): { ids: Id[]; returnTo: string } {
      const params = new URL(args.request.url).searchParams
      const chosen = input.safeParse({ id: params.getAll('id') })
      const returnTo = returnAddress(params.get('returnTo'))
      if (chosen.success) return { ids: chosen.data.id, returnTo }
      if (params.has('id') || params.has('returnTo'))
        throw redirectWithNotice(args, returnTo, chosen.error.issues[0]?.message ?? none, 'error')
      throw redirect(list, 303)
    },
  }
}
