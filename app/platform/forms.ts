// Reads a posted form with the noun's own schema. A form that fails keeps what was typed, but never a password.
import type { SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from '@remix-run/cloudflare'
import type { z } from 'zod'
import { domainError, errorStatus } from '~/domain/kernel/errors'

export type FormReply = SubmissionResult<string[]>

export type ParsedForm<T> = {
  value: T
  reply: (errors: { formErrors?: string[]; fieldErrors?: Record<string, string[]> }) => FormReply
}

/** Forms of the portal are small; files have their own routes. */
const maxFormBytes = 256 * 1024

/**
 * The parsed form, or `response` to return from the action: 422 with the form again, 413 or 400 for a body that cannot
 * be read as a form.
 */
export async function parseForm<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<
  | ({ ok: true } & ParsedForm<z.output<S>>)
  | { ok: false; response: ReturnType<typeof data<{ form: FormReply }>> }
> {
  const formData = await readForm(request)
  const submission = parseWithZod(formData, { schema })
  const hideFields = [...new Set(formData.keys())].filter((name) =>
    /password|secret|token|factorCode/i.test(name),
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

async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded') && !type.startsWith('multipart/form-data')) {
    throw refusal('invalid_body', 'This address takes form data only.')
  }
  const body = await readUpTo(request, maxFormBytes)
  if (body === null)
    throw refusal('body_too_large', 'That is more than this form can take. Shorten the text and try again.')
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData()
  } catch {
    throw refusal('invalid_body', 'The form could not be read. Go back and try again.')
  }
}

async function readUpTo(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength
    if (size > limit) return null
    chunks.push(part.value)
  }
  const body = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}

function refusal(code: 'invalid_body' | 'body_too_large', message: string): Response {
  const error = domainError(code, message)
  return new Response(error.message, {
    status: errorStatus[error.code],
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}
