// The request that the code samples of an operation make: required parameters with their examples or a placeholder.
import { bearerPlaceholders, type CredentialType, credentialHeader } from '~/domain/apps/credential'
import { bodyParts, isForm } from '~/domain/catalog/body-parts'
import type { Body, Operation } from '~/domain/catalog/operation'
import { isJson } from '~/ui/is-json'

export type SampleRequest = {
  method: string
  url: string
  headers: [name: string, value: string][]
  body: string | null
  /** Those of a form; a file's value is its name. */
  parts: { name: string; value: string; isFile: boolean }[]
}

/** OpenAPI says these two and the key are not parameters, whatever a document lists. */
export const notParameters = new Set(['authorization', 'content-type', 'accept'])

export function sampleRequest(
  { method, path, detail }: Operation,
  baseUrl: string,
  credential: CredentialType = 'api_key',
  keyHeader?: string,
): SampleRequest {
  // Not {name}: curl reads braces as a choice of several addresses.
  const filled = path.replace(/\{([^}]+)\}/g, (_placeholder, name: string) => {
    const example = detail.parameters.find(
      (parameter) => parameter.in === 'path' && parameter.name === name,
    )?.example
    return example ? encode(example) : encode(placeholderFor(name))
  })
  const required = detail.parameters.filter((parameter) => parameter.required)
  const query = required
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, example }) => `${encode(name)}=${encode(example || placeholderFor(name))}`)
    .join('&')
  const body = detail.requestBody?.bodies[0]
  return {
    method,
    url: `${baseUrl}${filled}${query ? `?${query}` : ''}`,
    headers: [
      credentialHeader(bearerPlaceholders[credential], keyHeader),
      ...required
        .filter(({ name, in: place }) => place === 'header' && !notParameters.has(name.toLowerCase()))
        .map(({ name, example }): [string, string] => [
          wellFormed(name),
          wellFormed(example || placeholderFor(name)),
        ]),
      // Of a form the client says where one part ends and the next begins.
      ...(body && !isForm(body.contentType)
        ? [['Content-Type', wellFormed(body.contentType)] as [string, string]]
        : []),
    ],
    body: body?.example && !isForm(body.contentType) ? wellFormed(body.example) : null,
    parts: body ? samplePartsOf(body) : [],
  }
}

/** The required ones, or the first. */
function samplePartsOf(body: Body): SampleRequest['parts'] {
  const parts = bodyParts(body)
  const required = parts.filter((part) => part.required)
  return (required.length > 0 ? required : parts.slice(0, 1)).map(({ name, kind }) => ({
    name: wellFormed(name),
    value: kind === 'json' ? '{}' : wellFormed(placeholderFor(name)),
    isFile: kind === 'file' || kind === 'files',
  }))
}

/** Half of a surrogate pair, which a document may hold, has no encoding. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

function encode(text: string): string {
  return encodeURIComponent(wellFormed(text))
}

/** `paymentId` as PAYMENT_ID: what the reader replaces. */
function placeholderFor(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()
}

export const jsonAs = {
  javaScript: { true: 'true', false: 'false', null: 'null' },
  python: { true: 'True', false: 'False', null: 'None' },
} as const

/**
 * A JSON body as a value of the language, or null when it is not JSON. Token by token, so that numbers stay as they are
 * written; "__proto__" is a key of its own in JSON only, so such a body stays a text.
 */
export function parsedBody(
  body: string | null,
  words: Record<'true' | 'false' | 'null', string>,
): string | null {
  if (body === null || body.includes('__proto__') || !isJson(body)) return null
  return body.replace(/"(?:[^"\\]|\\.)*"|true|false|null/g, (token) =>
    token.startsWith('"')
      ? JSON.stringify(wellFormed(JSON.parse(token) as string))
      : words[token as 'true' | 'false' | 'null'],
  )
}
