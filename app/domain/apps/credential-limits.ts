// What people allow a credential on their own, within its plan: from where, with which methods, on which paths, from
// when and until when. Every empty list means "any".
import { z } from 'zod'
import { lineSchema } from '~/domain/kernel/text'
import { formatIpRange, parseIpRange } from './ip-range'
import { pathPatternProblem } from './path-pattern'

export const limitableMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

export type CredentialLimits = {
  ipRanges: string[]
  methods: string[]
  paths: string[]
  /** Moments in ms, or null. `ownExpiresAt` is earlier than the plan's. */
  notBefore: number | null
  ownExpiresAt: number | null
}

export const noLimits: CredentialLimits = {
  ipRanges: [],
  methods: [],
  paths: [],
  notBefore: null,
  ownExpiresAt: null,
}

const maxLines = 50

/** One entry a line, each line judged by itself: what is wrong is told with the line's number and text. */
function linesSchema(
  label: string,
  read: (line: string) => { ok: true; text: string } | { ok: false; problem: string },
) {
  return z
    .string()
    .max(10_000, `${label} can have at most ${maxLines} lines.`)
    .default('')
    .transform((typed, context) => {
      const found: string[] = []
      for (const [at, line] of typed.split(/\r?\n/).entries()) {
        const entry = line.trim()
        if (!entry) continue
        const one = read(entry)
        if (one.ok) found.push(one.text)
        else {
          const shown = entry.length > 60 ? `${entry.slice(0, 60)}…` : entry
          context.addIssue({ code: 'custom', message: `Line ${at + 1}: “${shown}” ${one.problem}` })
        }
      }
      const entries = [...new Set(found)]
      if (entries.length > maxLines) {
        const message = `${label} can have at most ${maxLines} lines. These are ${entries.length}.`
        context.addIssue({ code: 'custom', message })
      }
      return entries
    })
}

/** A minute in UTC, as `<input type="datetime-local">` sends it. */
const minuteSchema = z
  .string()
  .trim()
  .optional()
  .transform((typed, context): number | null => {
    if (!typed) return null
    const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(typed) ? Date.parse(`${typed}Z`) : Number.NaN
    if (Number.isFinite(at) && new Date(at).toISOString().startsWith(typed)) return at
    context.addIssue({ code: 'custom', message: 'This is no date and time. Write it like 2030-12-31T23:59.' })
    return z.NEVER
  })

/** What the field shows for a moment. */
export function minuteText(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString().slice(0, 16)
}

export const changeLimitsInput = z
  .object({
    name: lineSchema('Name', 1, 100),
    ipRanges: linesSchema('The list of addresses', (line) => {
      const read = parseIpRange(line)
      return read.ok ? { ok: true, text: formatIpRange(read.range) } : read
    }),
    methods: z
      .array(z.enum(limitableMethods, { error: 'The gateway does not pass this method on.' }))
      .default([])
      .transform((chosen) => limitableMethods.filter((method) => chosen.includes(method))),
    paths: linesSchema('The list of paths', (line) => {
      const problem = line.length > 300 ? 'is longer than 300 characters.' : pathPatternProblem(line)
      return problem === null ? { ok: true, text: line } : { ok: false, problem }
    }),
    notBefore: minuteSchema,
    ownExpiresAt: minuteSchema,
    /** Which state of the limits the form showed. */
    version: z.coerce
      .number()
      .int('Load this page again.')
      .min(0, 'Load this page again.')
      .max(Number.MAX_SAFE_INTEGER, 'Load this page again.')
      .default(0),
  })
  .refine(({ notBefore, ownExpiresAt }) => !notBefore || !ownExpiresAt || notBefore < ownExpiresAt, {
    path: ['ownExpiresAt'],
    error: 'The key would stop before it begins to work. Choose a later time.',
  })
export type ChangeLimitsInput = z.output<typeof changeLimitsInput>
