// What every list of the API takes and answers: a page by cursor, and filters of its own. And what changes in part share.
import { z } from 'zod'
import { domainError } from '~/domain/kernel/errors'
import { decodeCursor, type Page, type PageRequest } from '~/domain/kernel/page'
import { fail, ok, type Result } from '~/domain/kernel/result'

const maxLimit = 100
const limitError = `A page has 1 to ${maxLimit} entries.`

/** `filters` are the parameters beside `limit` and `cursor`. */
export function listQuery<F extends z.ZodRawShape>(filters: F) {
  return z.strictObject({
    limit: z.coerce
      .number({ error: limitError })
      .int(limitError)
      .min(1, limitError)
      .max(maxLimit, limitError)
      .default(50)
      .describe('Entries of a page.'),
    cursor: z
      .string()
      .max(400, 'This cursor is not one of this list.')
      .refine((cursor) => decodeCursor(cursor) !== null, 'This cursor is not one of this list.')
      .optional()
      .describe('`next_cursor` of the page before.'),
    ...filters,
  })
}

export const searchFilter = z.string().trim().max(200, 'Search for at most 200 characters.').optional()

export function listOf<I extends z.ZodType>(item: I) {
  return z.strictObject({
    data: z.array(item),
    next_cursor: z.string().nullable().describe('For the next page; null on the last one.'),
  })
}

const day = z.iso.date({ error: 'Give a day as 2026-03-05.' }).optional()

/** Days in UTC, both included. */
export const daysFilter = {
  from: day.describe('The first day, in UTC.'),
  to: day.describe('The last day, in UTC.'),
}

/** What `daysFilter` and `q` chose, as the log and the deliveries take it. */
export function daysOf(query: DaysQuery) {
  return { from: query.from ?? null, to: query.to ?? null, zone: 'Z', search: query.q ?? '' }
}

type DaysQuery = { from?: string | undefined; to?: string | undefined; q?: string | undefined }

export function pageOf(query: { limit: number; cursor?: string | undefined }): PageRequest {
  return { cursor: query.cursor ?? null, direction: 'next', size: query.limit }
}

export function listAnswer<R, A>({ rows, next }: Page<R>, toAnswer: (row: R) => A) {
  return { data: rows.map(toAnswer), next_cursor: next }
}

/** Without the fields that were left out: what they are stays. */
export function given<T extends object>(body: T) {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** Through the schema of the form, for rules that are not in those of its single fields: what the page takes, and no more. */
export function asTyped<S extends z.ZodObject>(
  form: S,
  values: Record<keyof z.output<S>, unknown>,
): Result<z.output<S>> {
  const read = form.safeParse(values)
  if (read.success) return ok(read.data)
  const fields: Record<string, string[]> = {}
  for (const { path, message } of read.error.issues) {
    const field = String(path[0])
    fields[field] = [...(fields[field] ?? []), message]
  }
  return fail(domainError('invalid_input', 'The request has errors: see "errors".', { fields }))
}

/** RFC 3339. */
export const timeSchema = z.iso.datetime()

export function time(ms: number): string {
  return new Date(ms).toISOString()
}

export function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : time(ms)
}
