// Reads a posted form with the noun's own schema. A form that fails keeps what was typed, but never a password.
import type { SubmissionResult } from '@conform-to/dom'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from '@remix-run/cloudflare'
import type { z } from 'zod'
import { domainError, errorStatus } from '~/domain/kernel/errors'
import { readUpTo } from './read-up-to'

export type FormReply = SubmissionResult<string[]>

export type ParsedForm<T> = {
  value: T
  reply: (errors: { formErrors?: string[]; fieldErrors?: Record<string, string[]> }) => FormReply
}

/** Forms of the portal are small; a route that takes files or long texts says how much it takes. */
const maxFormBytes = 256 * 1024

/**
 * The parsed form, or `response` to return from the action: 422 with the form again, 413 or 400 for a body that cannot
 * be read as a form.
 */
export async function parseForm<S extends z.ZodType>(
  request: Request,
  schema: S,
  options: { maxBytes?: number } = {},
): Promise<
  | ({ ok: true } & ParsedForm<z.output<S>>)
  | { ok: false; response: ReturnType<typeof data<{ form: FormReply }>> }
> {
  const formData = await readForm(request, options.maxBytes ?? maxFormBytes)
  // Conform reads JSON from these two, and fails on what is none. The portal's forms send neither.
  for (const name of ['__intent__', '__state__']) formData.delete(name)
  const submission = parseWithZod(formData, { schema })
  // A file cannot be put back into its field.
  const hideFields = [...new Set(formData.keys())].filter(
    (name) =>
      /password|secret|token|factorCode/i.test(name) ||
      formData.getAll(name).some((one) => typeof one !== 'string'),
  )
  if (submission.status !== 'success') {
    return {
      ok: false,
      response: data({ form: submission.reply({ hideFields }) }, { status: errorStatus.invalid_input }),
    }
  }
  return {
    ok: true,
    value: submission.value,
    reply: (errors) => ({ ...submission.reply({ ...errors, hideFields }), status: 'error' }),
  }
}

async function readForm(request: Request, maxBytes: number): Promise<FormData> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded') && !type.startsWith('multipart/form-data')) {
    throw refusal('invalid_body', 'This address takes form data only.')
  }
  const body = await readUpTo(request, maxBytes)
  if (body === null)
    throw refusal('body_too_large', 'That is more than this form can take. Shorten the text and try again.')
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData()
  } catch {
    throw refusal('invalid_body', 'The form could not be read. Go back and try again.')
  }
}

function refusal(code: 'invalid_body' | 'body_too_large', message: string): Response {
  const error = domainError(code, message)
  return new Response(error.message, {
    status: errorStatus[error.code],
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}
