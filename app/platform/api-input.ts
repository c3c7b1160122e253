// Reads what a call of the admin API sends: ids of its path, parameters, a JSON body. What the operation does not name is
// refused, so that a misspelt field or filter is never passed over in silence.
import type { z } from 'zod'
import { domainError } from '~/domain/kernel/errors'
import { fail, ok, type Result } from '~/domain/kernel/result'
import type { ApiRefusal, Place } from './api-answers'
import { usualBodyBytes } from './api-names'
import { type ApiOperation, readPathPart } from './api-operation'
import { readUpTo } from './read-up-to'

export type ApiInput = { ids: Record<string, string>; query: unknown; body: unknown }

/** `bytes` is the body as it came, for those who compare requests. */
export async function readInput(
  request: Request,
  url: URL,
  operation: ApiOperation,
  names: Record<string, string>,
): Promise<Result<ApiInput & { bytes: Uint8Array }, ApiRefusal>> {
  const ids: Record<string, string> = {}
  for (const [name, value] of Object.entries(names)) {
    const id = readPathPart(name, value)
    if (!id) return fail(domainError('not_found', 'There is nothing at this address.'))
    ids[name] = id
  }
  const query = readQuery(url.searchParams, operation.query)
  if (!query.ok) return query
  const body = await readBody(request, operation)
  if (!body.ok) return body
  return ok({ ids, query: query.value, ...body.value })
}

function readQuery(params: URLSearchParams, schema: z.ZodObject | null): Result<unknown, ApiRefusal> {
  const given: Record<string, string> = {}
  for (const [name, value] of params) {
    if (!schema || !Object.hasOwn(schema.shape, name))
      return fail(invalid([{ detail: 'There is no such parameter here.', parameter: name.slice(0, 80) }]))
    if (Object.hasOwn(given, name))
      return fail(invalid([{ detail: 'This parameter can be given once only.', parameter: name }]))
    given[name] = value
  }
  const parsed = schema?.safeParse(given)
  if (!parsed) return ok({})
  if (parsed.success) return ok(parsed.data)
  return fail(
    invalid(
      parsed.error.issues.map((issue) => ({ detail: issue.message, parameter: String(issue.path[0] ?? '') })),
    ),
  )
}

async function readBody(
  request: Request,
  operation: ApiOperation,
): Promise<Result<{ body: unknown; bytes: Uint8Array }, ApiRefusal>> {
  const nothing = new Uint8Array()
  if (request.method !== 'POST' && !operation.body) return ok({ body: {}, bytes: nothing })
  const maxBytes = operation.body?.maxBytes ?? usualBodyBytes
  const bytes = await readUpTo(request, maxBytes)
  if (bytes === null)
    return fail(domainError('body_too_large', `A body can have at most ${sizeLabel(maxBytes)} here.`))
  const json = parseJson(request, bytes)
  if (!json.ok) return json
  if (!operation.body) {
    const isEmpty =
      json.value !== null && typeof json.value === 'object' && Object.keys(json.value).length === 0
    return isEmpty
      ? ok({ body: {}, bytes })
      : fail(invalid([{ detail: 'This operation takes no body.', pointer: '' }]))
  }
  const parsed = operation.body.read(json.value)
  return parsed.success
    ? ok({ body: parsed.data, bytes })
    : fail(invalid(parsed.error.issues.flatMap(placesOf)))
}

function sizeLabel(bytes: number): string {
  const kilobytes = bytes / 1024
  return kilobytes < 1024 ? `${kilobytes} KB` : `${kilobytes / 1024} MB`
}

/** A body that is not there counts as an object without fields. */
function parseJson(request: Request, bytes: Uint8Array): Result<unknown, ApiRefusal> {
  if (bytes.byteLength === 0) return ok({})
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/json')
    return fail(domainError('unsupported_media_type', 'Send the body as application/json.'))
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)))
  } catch {
    return fail(domainError('invalid_body', 'The body is not JSON in UTF-8.'))
  }
}

function placesOf(issue: z.core.$ZodIssue): Place[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      detail: 'There is no such field here.',
      pointer: pointer([...issue.path, key.slice(0, 80)]),
    }))
  return [{ detail: issue.message, pointer: pointer(issue.path) }]
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function invalid(places: Place[]): ApiRefusal {
  return {
    ...domainError('invalid_input', 'The request has errors: see "errors".'),
    places: places.slice(0, 50),
  }
}
