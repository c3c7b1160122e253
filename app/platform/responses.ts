// How a command's result becomes an answer: a redirect with a notice, the form again with its errors, or 404.
import { data, redirect } from '@remix-run/cloudflare'
import { type DomainError, errorStatus, NotFoundError } from '~/domain/kernel/errors'
import type { Result } from '~/domain/kernel/result'
import { type Flash, flashCookieHeader } from './cookies'
import type { FormReply, ParsedForm } from './forms'
import type { GuardArgs } from './guards'

export function notFound(): Response {
  return new Response('Not found', { status: 404, statusText: 'Not Found' })
}

export function errorHeaders(error: DomainError): HeadersInit {
  return error.retryAfterSeconds === undefined
    ? {}
    : { 'Retry-After': String(Math.ceil(error.retryAfterSeconds)) }
}

/** Redirects (303) and shows `notice` as a toast on the page that one lands on. */
export function redirectWithNotice(
  args: GuardArgs,
  to: string,
  notice?: string,
  kind: Flash['kind'] = 'success',
): Response {
  if (notice) args.context.scope.setCookies.push(flashCookieHeader({ kind, text: notice }))
  return redirect(to, 303)
}

type RespondOptions<T> = {
  redirectTo: string | ((value: T) => string)
  notice?: string | ((value: T) => string)
  /** The form to show again on failure. Without one (a lone button), a failure redirects too and is told as a toast. */
  form?: ParsedForm<unknown>
}

/** Turns a command's result into the action's answer. */
export function respond<T>(args: GuardArgs, result: Result<T>, options: RespondOptions<T>) {
  const to = (value: T) =>
    typeof options.redirectTo === 'string' ? options.redirectTo : options.redirectTo(value)
  if (result.ok) {
    const notice = typeof options.notice === 'function' ? options.notice(result.value) : options.notice
    return redirectWithNotice(args, to(result.value), notice)
  }
  if (result.error.code === 'not_found') throw notFound()
  if (options.form) return failedForm(options.form, result.error)
  const back = typeof options.redirectTo === 'string' ? options.redirectTo : '/'
  return redirectWithNotice(args, back, result.error.message, 'error')
}

/** The form again: what was typed (but no password), the errors at their fields or above the form, the error's status. */
export function failedForm(
  form: ParsedForm<unknown>,
  error: DomainError,
): ReturnType<typeof data<{ form: FormReply }>> {
  const reply: FormReply = form.reply(
    error.fields ? { fieldErrors: error.fields } : { formErrors: [error.message] },
  )
  return data({ form: reply }, { status: errorStatus[error.code], headers: errorHeaders(error) })
}

/** For a loader: the value, or 404 when the thing does not exist for this viewer. */
export async function orNotFound<T>(value: Promise<T>): Promise<T> {
  try {
    return await value
  } catch (error) {
    if (error instanceof NotFoundError) throw notFound()
    throw error
  }
}
