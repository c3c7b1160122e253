// The OpenAPI 3.1 document of the admin API, made from the very table that routes it and the very schemas that check it.
import { z } from 'zod'
import { apiScopeLabels } from '~/domain/accounts/api-token'
import type { DomainErrorCode } from '~/domain/kernel/errors'
import { errorStatus } from '~/domain/kernel/errors'
import { problemSchema } from './api-answers'
import { type ApiOperation, isPathWord, pathIdKinds, pathNames, pathWords } from './api-operation'
import { paths } from './paths'

type Json = Record<string, unknown>

const about = `Everything that admins do in the portal, for programs. Send a token as \`Authorization: Bearer prt_admin_…\`;
admins make tokens in Settings › API tokens. A token acts as its admin, within its scopes.

Lists answer \`data\` and \`next_cursor\`: ask again with \`cursor\` until it is null. A POST with an \`Idempotency-Key\` can be
sent again safely for 24 hours. Errors are problem details (RFC 9457) with a stable \`code\`. Times are RFC 3339 in UTC.`

let made: { operations: readonly ApiOperation[]; origin: string; text: string } | null = null

/** Made once: it is the same until the worker is. */
export function apiDocumentText(operations: readonly ApiOperation[], env: Env): string {
  const origin = env.PORTAL_ORIGIN.replace(/\/+$/, '')
  if (made?.operations !== operations || made.origin !== origin)
    made = { operations, origin, text: JSON.stringify(apiDocument(operations, origin)) }
  return made.text
}

export function apiDocument(operations: readonly ApiOperation[], origin: string): Json {
  const addresses: Record<string, Json> = {}
  for (const operation of operations) {
    addresses[operation.path] ??= pathItem(operation.path)
    Object.assign(addresses[operation.path] ?? {}, { [operation.method.toLowerCase()]: describe(operation) })
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Portico admin API', version: '1', description: about },
    servers: [{ url: `${origin}${paths.api.root}` }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: addresses,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token from Settings › API tokens.' },
      },
      schemas: schemasOf(operations),
    },
  }
}

function pathItem(path: string): Json {
  const parameters = pathNames(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: isPathWord(name)
      ? { type: 'string', enum: pathWords[name] }
      : {
          type: 'string',
          pattern: `^${pathIdKinds[name as keyof typeof pathIdKinds]}_[0-9A-Za-z]{1,40}$`,
        },
  }))
  return parameters.length > 0 ? { parameters } : {}
}

function describe(operation: ApiOperation): Json {
  const { id, tag, scope, summary, description, body, method } = operation
  const parameters = [...queryParameters(operation), ...(method === 'POST' ? [idempotencyKey] : [])]
  const needs = `Needs the scope \`${scope}\` (${apiScopeLabels[scope].toLowerCase()}).`
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: description ? `${description}\n\n${needs}` : needs,
    security: [{ token: [scope] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: isRequired(body.schema), content: json(body.name) } } : {}),
    responses: { ...success(operation), ...failures(operation) },
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Any text of your own, new for each request: sent again with it, the request changes nothing more.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
}

function queryParameters({ query }: ApiOperation): Json[] {
  if (!query) return []
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as Json
    return { name, in: 'query', ...(description ? { description } : {}), schema }
  })
}

function isRequired(schema: z.ZodObject): boolean {
  return !schema.safeParse({}).success
}

function success({ status, answer }: ApiOperation): Json {
  const headers =
    status === 201
      ? { headers: { Location: { schema: { type: 'string' }, description: 'Where it is.' } } }
      : {}
  return {
    [status]: answer
      ? { description: status === 201 ? 'Made' : 'Done', ...headers, content: json(answer.name) }
      : { description: 'Done' },
  }
}

/** By status, with the codes that stand behind it. */
function failures(operation: ApiOperation): Json {
  const { method, path, body, query, errors } = operation
  const codes: DomainErrorCode[] = [
    'missing_token',
    'invalid_token',
    'insufficient_scope',
    'too_many_attempts',
    'rate_limited',
    'internal_error',
    ...(path.includes('{') ? (['not_found'] as const) : []),
    ...(query || body ? (['invalid_input'] as const) : []),
    ...(body || method === 'POST'
      ? (['invalid_body', 'body_too_large', 'unsupported_media_type', 'invalid_input'] as const)
      : []),
    ...(method === 'POST' ? (['idempotency_key_reused', 'idempotency_key_in_use'] as const) : []),
    ...errors,
  ]
  const statuses = [...new Set(codes.map((code) => errorStatus[code]))]
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: [...new Set(codes)]
          .filter((code) => errorStatus[code] === status)
          .map((code) => `\`${code}\``)
          .join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

function json(name: string): Json {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } }
}

function schemasOf(operations: readonly ApiOperation[]): Json {
  const inputs = z.registry<{ id: string }>()
  const outputs = z.registry<{ id: string }>()
  for (const { body, answer } of operations) {
    if (body) inputs.add(body.schema, { id: body.name })
    if (answer) outputs.add(answer.schema, { id: answer.name })
  }
  outputs.add(problemSchema, { id: 'Problem' })
  return { ...named(inputs, 'input'), ...named(outputs, 'output') }
}

function named(registry: z.core.$ZodRegistry<{ id: string }>, io: 'input' | 'output'): Json {
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // The format says it; the pattern that zod adds is half a screen.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
      // Every number of JSON that a program can count with is in these bounds.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    },
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  )
}
