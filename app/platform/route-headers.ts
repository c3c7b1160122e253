// Headers of a page whose form failed: Remix leaves those of the action (`Retry-After`) out unless the route hands them on.
import type { HeadersArgs } from '@remix-run/cloudflare'

export function actionHeadersOnly({ actionHeaders }: HeadersArgs): Headers {
  return actionHeaders
}

/** For pages that are opened by a mailed link: nobody they link to learns the address. */
export function withoutReferrer({ actionHeaders }: HeadersArgs): Headers {
  const headers = new Headers(actionHeaders)
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('Cache-Control', 'no-store')
  return headers
}
