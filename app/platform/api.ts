// The admin API: finds the operation, asks for its scope, reads the input, runs it, answers. Every way out is JSON; what
// fails unexpectedly is a problem without details.
import { domainError, NotFoundError } from '~/domain/kernel/errors'
import { jsonAnswer, problemAnswer } from './api-answers'
import { apiDocumentText } from './api-document'
import { requireApiToken } from './api-guard'
import { answerOnce } from './api-idempotency'
import { readInput } from './api-input'
import type { ApiOperation } from './api-operation'
import { logError } from './log'
import { paths } from './paths'
import type { RequestScope } from './scope'

export function isApiRequest(url: URL): boolean {
  return url.pathname === '/api' || url.pathname.startsWith('/api/')
}

export async function answerApi(
  url: URL,
  scope: RequestScope,
  operations: readonly ApiOperation[],
): Promise<Response> {
  const { request } = scope
  const response = await orProblem(scope, () => answer(url, scope, operations))
  return request.method === 'HEAD' ? new Response(null, response) : response
}

const nothingHere = domainError('not_found', 'There is nothing at this address.')

async function orProblem({ requestId }: RequestScope, act: () => Promise<Response>): Promise<Response> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof NotFoundError) return problemAnswer(nothingHere, { requestId })
    logError('api_request_failed', error, { requestId })
    const failed = domainError('internal_error', 'Something failed on our side. Try again in a minute.')
    return problemAnswer(failed, { requestId })
  }
}

async function answer(url: URL, scope: RequestScope, operations: readonly ApiOperation[]): Promise<Response> {
  const { request, requestId } = scope
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const here =
    url.pathname === paths.api.document
      ? [{ method: 'GET', names: {}, operation: null }]
      : operationsAt(url.pathname, operations)
  const found = here.find((one) => one.method === method)
  if (here.length === 0) return problemAnswer(nothingHere, { requestId })
  if (!found) return methodNotAllowed(here, requestId)
  const { operation, names } = found
  if (!operation) return jsonAnswer(200, apiDocumentText(operations, scope.env))

  const admission = await requireApiToken({ request, scope }, operation.scope)
  if (!admission.ok) return problemAnswer(admission.error, { requestId, scope: operation.scope })
  const input = await readInput(request, url, operation, names)
  if (!input.ok) return problemAnswer(input.error, { requestId })
  const { bytes: body, ...given } = input.value
  const place = newPlace(operation, url.pathname, operations)
  const act = () =>
    orProblem(scope, async () => {
      const result = await operation.run(admission.value.ctx, given as never)
      if (!result.ok) return problemAnswer(result.error, { requestId })
      return succeeded(operation, place, operation.answer ? JSON.stringify(result.value) : null)
    })
  if (method !== 'POST') return act()
  return answerOnce({
    request,
    body,
    admission: admission.value,
    act,
    kept: (answered) => withoutShownOnce(operation, answered),
    again: ({ status, body: stored }) =>
      status < 400
        ? succeeded(operation, place, stored, { 'Idempotency-Replayed': 'true' })
        : jsonAnswer(status, stored, { 'Idempotency-Replayed': 'true' }),
  })
}

function withoutShownOnce({ shownOnce }: ApiOperation, body: string | null): string | null {
  if (shownOnce === null || body === null) return body
  const answered = JSON.parse(body) as Record<string, unknown>
  return shownOnce in answered ? JSON.stringify({ ...answered, [shownOnce]: null }) : body
}

/** Where something new is: below the address that made it, if it can be read there, or among all of its kind. */
function newPlace(
  { path, tag }: ApiOperation,
  pathname: string,
  operations: readonly ApiOperation[],
): string {
  const isReadHere = operations.some(
    (other) => other.method === 'GET' && other.path.replace(/\/\{\w+\}$/, '') === path && other.path !== path,
  )
  return isReadHere ? pathname : `${paths.api.root}/${tag}`
}

/** Something new says where it is. */
function succeeded(
  operation: ApiOperation,
  place: string,
  body: string | null,
  headers: HeadersInit = {},
): Response {
  const response = jsonAnswer(operation.status, body, headers)
  if (operation.status === 201 && body) {
    const { id } = JSON.parse(body) as { id: string }
    response.headers.set('Location', `${place}/${id}`)
  }
  return response
}

type Match = { method: string; names: Record<string, string>; operation: ApiOperation | null }

/** Every operation at this address, whatever its method. */
function operationsAt(pathname: string, operations: readonly ApiOperation[]): Match[] {
  const parts = pathname.split('/')
  return operations.flatMap((operation): Match[] => {
    const pattern = `${paths.api.root}${operation.path}`.split('/')
    if (pattern.length !== parts.length) return []
    const names: Record<string, string> = {}
    const fits = pattern.every((part, index) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1]
      if (name) names[name] = parts[index] ?? ''
      return name !== undefined || part === parts[index]
    })
    return fits ? [{ method: operation.method, names, operation }] : []
  })
}

function methodNotAllowed(here: Match[], requestId: string): Response {
  const methods = here.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return problemAnswer(domainError('method_not_allowed', 'This address does not take this method.'), {
    requestId,
    headers: { Allow: methods.join(', ') },
  })
}
