// What a refused call is told: RFC 9457 problem details with a stable `code`, and in `detail` what to do next.
// Nothing in a problem comes from the call itself, and nothing tells of others' keys, products or organizations.
import { type DomainErrorCode, errorStatus } from '~/domain/kernel/errors'

const texts = {
  missing_credential: [
    'No credential',
    'Send your API key as "Authorization: Bearer <key>" or "X-API-Key: <key>".',
  ],
  invalid_credential: [
    'Unknown credential',
    'This API key is not known. Copy it again from your app in the developer portal.',
  ],
  credential_revoked: [
    'Credential revoked',
    'This key was revoked. Use another key of your app, or request access again.',
  ],
  credential_expired: [
    'Credential expired',
    'This key has expired. Rotate it on the page of your app, or request access again.',
  ],
  credential_not_yet_valid: [
    'Credential not yet valid',
    'The owner of this key set a moment from which it works, and it has not come yet. The page of the app says when.',
  ],
  ip_not_allowed: [
    'Address not allowed',
    'The owner of this key limited it to some IP addresses, and this call came from another one. The page of the app has the list.',
  ],
  method_not_allowed_by_key: [
    'Method not allowed by the key',
    'The owner of this key limited it to some methods, and this is none of them. The page of the app has the list.',
  ],
  path_not_allowed_by_key: [
    'Path not allowed by the key',
    'The owner of this key limited it to some paths, and this is none of them. Paths are compared letter by letter; the page of the app has the list.',
  ],
  app_frozen: [
    'App frozen',
    'This app is stopped for now. Its page in the developer portal says by whom; once it is unfrozen, the same key works again.',
  ],
  organization_suspended: [
    'Organization suspended',
    'The organization of this app is suspended. Ask the administrators of the portal.',
  ],
  product_not_allowed: [
    'Product not allowed',
    'This key does not open a product at this address. Check the address, or request access to the product.',
  ],
  unknown_api: [
    'Unknown API',
    'No API answers at this address. It has the form /gateway/<product>/<api>/<path>: copy it from the product page.',
  ],
  method_not_allowed: [
    'Method not allowed',
    'The gateway does not pass this method on. See the Allow header.',
  ],
  rate_limited: [
    'Rate limit reached',
    'Too many calls at once for your plan. Wait as long as Retry-After says.',
  ],
  quota_exceeded: [
    'Quota used up',
    'The calls of your plan are used up for this period. Wait for the next one, or request a larger plan.',
  ],
  upstream_unreachable: [
    'API unreachable',
    'The API behind the gateway cannot be reached. Try again in a minute.',
  ],
  upstream_timeout: [
    'API too slow',
    'The API behind the gateway did not answer in time. Try again; it may have acted on the call.',
  ],
  gateway_unavailable: [
    'Gateway unavailable',
    'The gateway could not check this call and refused it. Try again in a minute.',
  ],
} as const satisfies Partial<Record<DomainErrorCode, readonly [title: string, detail: string]>>

export type ProblemCode = keyof typeof texts

export const problemCodes = Object.keys(texts) as ProblemCode[]

/** The words of a code, also of one that another version wrote. */
export function problemWords(code: string): { title: string; detail: string } {
  const [title, detail] = Object.hasOwn(texts, code) ? texts[code as ProblemCode] : [code, '']
  return { title, detail }
}

/** What the caller was told, where it is not what the code always says. */
export function ownDetail({ code, detail }: Problem): string | null {
  return detail === texts[code][1] ? null : detail
}

export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code: ProblemCode
  requestId: string
}

/** `detail` replaces the usual one when more is known. */
export function problem(code: ProblemCode, requestId: string, detail?: string): Problem {
  const [title, usual] = texts[code]
  return {
    type: `urn:portico:problem:${code}`,
    title,
    status: errorStatus[code],
    detail: detail ?? usual,
    instance: `urn:portico:request:${requestId}`,
    code,
    requestId,
  }
}
