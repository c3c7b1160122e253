// Renders pages as a stream, with the request's nonce on every inline script.
import type { AppLoadContext, EntryContext } from '@remix-run/cloudflare'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToReadableStream } from 'react-dom/server'
import { logError } from '~/platform/log'
import { NonceContext } from '~/ui/nonce'

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { nonce, requestId } = loadContext.scope
  let finalStatus = status
  const body = await renderToReadableStream(
    <NonceContext.Provider value={nonce}>
      <RemixServer context={remixContext} url={request.url} nonce={nonce} />
    </NonceContext.Provider>,
    {
      nonce,
      signal: request.signal,
      onError(error: unknown) {
        finalStatus = 500
        if (!request.signal.aborted) logError('render_failed', error, { requestId })
      },
    },
  )
  if (isbot(request.headers.get('user-agent') ?? '')) await body.allReady
  headers.set('Content-Type', 'text/html; charset=utf-8')
  return new Response(body, { headers, status: finalStatus })
}

/** Loaders and actions that throw what nobody expected. What a caller aborted is no error. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
): void {
  if (request.signal.aborted || isNotFound(error)) return
  logError('handler_failed', error, {
    requestId: context.scope.requestId,
    path: new URL(request.url).pathname,
  })
}

/** Remix reports addresses without a route as errors of its own class; they are ordinary 404 and 405 answers. */
function isNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && Number(error.status) < 500
}
