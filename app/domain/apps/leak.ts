// A report that a credential stands where everybody can read it, in the format of GitHub's secret scanning partners:
// https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program
import { z } from 'zod'

/** One message may report several; more than this is no message of a scanner. */
const maxReports = 500

export const leakReportsInput = z
  .array(
    z.object({
      token: z.string().min(1).max(500),
      type: z.string().max(200).default(''),
      url: z.string().max(2000).default(''),
      source: z.string().max(100).default(''),
    }),
  )
  .min(1)
  .max(maxReports)
export type LeakReport = z.output<typeof leakReportsInput>[number]

/**
 * Where it was found, for an event and a mail: a web address without what a link could carry along, or null. It is told to
 * people, so what is no plain web address is left out.
 */
export function placeOfLeak(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname } = new URL(url)
  return protocol === 'https:' || protocol === 'http:'
    ? `${protocol}//${host}${pathname}`.slice(0, 300)
    : null
}
