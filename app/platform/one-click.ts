// What a mail program sends when one presses its "Unsubscribe" (RFC 8058): a POST without cookies, from no page. A browser
// always says where it comes from, so its forms stay behind the lock against other sites.
import { unsubscribe } from '~/domain/accounts/unsubscribe.server'
import { errorStatus } from '~/domain/kernel/errors'
import { paths } from './paths'
import { readUpTo } from './read-up-to'
import type { RequestScope } from './scope'

const maxBytes = 2000

/** Null for anything else. */
export async function answerOneClick(url: URL, scope: RequestScope): Promise<Response | null> {
  const { request } = scope
  const { headers } = request
  if (url.pathname !== paths.unsubscribe || request.method !== 'POST') return null
  if (headers.has('origin') || headers.has('sec-fetch-site')) return null
  const body = await readUpTo(request, maxBytes)
  // As a form of either kind: `List-Unsubscribe=One-Click`, or a part of that name.
  const said = body === null ? '' : new TextDecoder().decode(body)
  if (!/List-Unsubscribe/.test(said) || !/One-Click/.test(said))
    return text('Bad request', errorStatus.invalid_body)
  const done = await unsubscribe(scope.contextFor({ type: 'visitor' }), url.searchParams.get('token') ?? '')
  if (!done.ok) return text(done.error.message, errorStatus[done.error.code])
  return text('You will not get mails like this one any more.', 200)
}

function text(message: string, status: number): Response {
  return new Response(message, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
