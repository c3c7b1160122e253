// Calls that the gateway refused, as the owner of the app may find them for a week. Nothing of a call is kept that could be
// secret: no header, no query, no body, and no path that holds a key or a token.
// Of many in an hour some are kept: all up to a thousand, then every tenth, every hundredth and so on, so that an hour of
// any flood makes a few thousand rows. Each kept one says for how many it stands.
import { type ProblemCode, problemCodes, problemWords } from './problems'
import type { UsageOwner } from './usage'

/** `detail` is what the caller was told, where that is not what the code always says. */
export type RefusedCall = {
  requestId: string
  at: number
  method: string
  path: string
  code: ProblemCode
  detail: string | null
  standsFor: number
}

export type RefusedCallRow = RefusedCall & Pick<UsageOwner, 'credentialId' | 'appId' | 'organizationId'>

export const keptForMs = 7 * 86_400_000
const keptInFull = 1000
const longestPath = 300

/** For how many the `nth` refusal of an hour (from 1 on) stands; 0 when it is not kept. */
export function standsFor(nth: number): number {
  const step = stepAt(nth)
  return nth % step === 0 ? step : 0
}

/**
 * The same where each refusal that arrives stands for `weight` already, and `before` were counted: its share of the
 * places that are kept between `before` and `before + weight`.
 */
export function standsForAfter(before: number, weight: number): number {
  const step = stepAt(before + weight)
  return Math.floor((before + weight) / step) > Math.floor(before / step) ? Math.max(step, weight) : 0
}

function stepAt(nth: number): number {
  let step = 1
  for (let top = keptInFull; nth > top; top *= 10) step *= 10
  return step
}

/** A path as it may be kept: cut short, and without what looks like a key of ours or a signed token, encoded or not. */
export function keptPath(pathname: string): string {
  if (!holdsSecret(pathname)) return cut(pathname)
  // What stands around a secret that is encoded cannot be told apart from it, so only the address of the API is left.
  const api = /^\/gateway\/[^/]+\/[^/]+\//.exec(pathname)?.[0] ?? ''
  return holdsSecret(api) ? '…' : cut(`${api}…`)
}

function holdsSecret(text: string): boolean {
  return /prt_|eyJ[\w-]{8,}/i.test(decoded(text))
}

function cut(text: string): string {
  return text.length > longestPath ? `${text.slice(0, longestPath)}…` : text
}

function decoded(pathname: string): string {
  let text = pathname
  for (let round = 0; round < 3; round += 1)
    text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return text
}

/** What a list can be narrowed to. Who sends no credential is nobody, so that code is never kept. */
export function refusalChoices(): { value: string; label: string }[] {
  return problemCodes
    .filter((code) => code !== 'missing_credential')
    .map((code) => ({ value: code, label: problemWords(code).title }))
}

export type RefusedCallFilter = { code: ProblemCode | null; requestId: string | null }

/** What is not known counts as no filter. A request id is looked for as it is. */
export function refusedCallFilter(params: URLSearchParams): RefusedCallFilter {
  const requestId = (params.get('q') ?? '').trim().slice(0, 100)
  return {
    code: problemCodes.find((known) => known === params.get('code')) ?? null,
    requestId: requestId === '' ? null : requestId,
  }
}
