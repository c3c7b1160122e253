// Which fields the form of a call has: what a browser can send of an operation's parameters and body, with what is
// filled in at first.
import type { Body, OperationParameter } from '~/domain/catalog/operation'
import type { ShownDetail } from '~/ui/catalog/operation-view'
import { notParameters } from '~/ui/catalog/sample-request'
import { takesBody } from './call-method'
import { type CallPart, callParts } from './call-parts'

export type CallField = {
  /** Its name in the form, and its id. */
  id: string
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  type: string
  description: string
  example: string | null
  choices: readonly string[] | null
  initial: string
  list: 'joined' | 'repeated' | null
}

/** `parts` are those of a form, and empty otherwise. */
export type CallBody = Body & { kind: 'json' | 'text' | 'file' | 'parts'; parts: CallPart[] }

export type CallFields = {
  fields: CallField[]
  /** Empty when none is taken. */
  bodies: CallBody[]
  bodyRequired: boolean
  /** What a browser cannot send, in words. */
  limits: string[]
}

/** What the form needs of an operation. */
export type Callable = {
  method: string
  path: string
  detail: Pick<ShownDetail, 'parameters' | 'requestBody'>
}

export function callFields({ method, path, detail }: Callable): CallFields {
  const limits: string[] = []
  if (detail.parameters.some((parameter) => parameter.in === 'cookie'))
    limits.push('Cookies are left out: a page cannot send them to the gateway.')
  const described = detail.parameters.flatMap((parameter, at) => {
    const { in: place, name } = parameter
    if (place === 'cookie' || (place === 'header' && notParameters.has(name.toLowerCase()))) return []
    return [fieldOf(parameter, place, `call-${place}-${at}`)]
  })
  const all = detail.requestBody?.bodies ?? []
  const bodies = takesBody(method) ? all.map(bodyOf).filter(isSendable) : []
  if (bodies.length < all.length)
    limits.push(
      takesBody(method)
        ? 'A body of parts that the document does not describe (multipart) is left out: send it from a program.'
        : `The body is left out: a page cannot send one with ${method}.`,
    )
  return {
    fields: [...undescribed(path, described), ...described],
    bodies,
    bodyRequired: detail.requestBody?.required === true,
    limits,
  }
}

function fieldOf(parameter: OperationParameter, place: CallField['in'], id: string): CallField {
  const { name, required, type, description, example, choices, preset, list } = parameter
  return {
    id,
    name,
    in: place,
    required,
    type,
    description,
    example,
    choices: choices && !list ? choices : null,
    // An optional one is filled in only with what is meant anyway: its example could ask for what does not exist.
    initial: (required ? (example ?? preset ?? choices?.[0]) : preset) ?? '',
    list: list ?? null,
  }
}

/** Parts of the path that the document forgot to describe. */
function undescribed(path: string, described: readonly CallField[]): CallField[] {
  return [...new Set([...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name))]
    .filter((name) => !described.some((field) => field.in === 'path' && field.name === name))
    .map((name, at) => {
      const parameter = {
        name,
        required: true,
        deprecated: false,
        type: 'string',
        description: '',
        notes: [],
      }
      return fieldOf({ ...parameter, in: 'path', example: null }, 'path', `call-path-part-${at}`)
    })
}

function bodyOf(body: Body): CallBody {
  const parts = callParts(body)
  return { ...body, parts, kind: parts.length > 0 ? 'parts' : kindOf(body.contentType) }
}

function isSendable({ contentType, kind }: CallBody): boolean {
  return kind === 'parts' || !/^multipart\//i.test(contentType)
}

function kindOf(contentType: string): CallBody['kind'] {
  if (/[/+]json\b/i.test(contentType) || contentType === '*/*') return 'json'
  return /^text\/|xml|yaml|csv|urlencoded|graphql|javascript/i.test(contentType) ? 'text' : 'file'
}
