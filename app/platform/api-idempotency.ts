// `Idempotency-Key` on a POST of the admin API: the same request under the same key is answered as the first time.
import {
  claimKey,
  forgetKey,
  type KeyedRequest,
  keepAnswer,
  type StoredAnswer,
} from '~/domain/accounts/idempotency.server'
import { domainError } from '~/domain/kernel/errors'
import { problemAnswer } from './api-answers'
import type { ApiAdmission } from './api-guard'
import { hmacSha256Hex } from './encoding'

type Keyed = {
  request: Request
  /** The body as it came. */
  body: Uint8Array
  admission: ApiAdmission
  /** Whatever goes wrong is an answer too. */
  act: () => Promise<Response>
  /** What of a body may be kept. */
  kept: (body: string | null) => string | null
  again: (stored: StoredAnswer) => Response
}

/** Acts, unless this request was answered under its key before. */
export async function answerOnce({ request, body, admission, act, kept, again }: Keyed): Promise<Response> {
  const key = request.headers.get('idempotency-key')
  if (key === null) return act()
  const { ctx, tokenId, token } = admission
  const { requestId } = ctx
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    const error = domainError('invalid_body', 'An Idempotency-Key has 1 to 255 visible ASCII characters.')
    return problemAnswer(error, { requestId })
  }
  const { pathname, search } = new URL(request.url)
  // Under the token, which the database does not hold: a password in a body cannot be found by trying hashes.
  const requestHash = await hmacSha256Hex(token, [`${request.method} ${pathname}${search}\n`, body])
  const keyed: KeyedRequest = { tokenId, key, requestHash }
  const claimed = await claimKey(ctx, keyed)
  if (!claimed.ok) return problemAnswer(claimed.error, { requestId })
  if (claimed.value) return again(claimed.value)
  const response = await act()
  // What was turned away for want of time did nothing and may be tried again. What failed half-way may not.
  if (response.status === 503 || response.status === 429) await forgetKey(ctx, keyed)
  else await keepAnswer(ctx, keyed, { status: response.status, body: kept(await bodyOf(response)) })
  return response
}

async function bodyOf(response: Response): Promise<string | null> {
  return response.body === null ? null : response.clone().text()
}
