// An OpenAPI 3.0 or 3.1 document to what pages show. Everything that is wrong with it is said with its place.
import { brokenReference, cut, dereference, isObject, type Json, listOf, textOf } from './document-refs'
import type {
  Body,
  Operation,
  OperationDetail,
  OperationParameter,
  ReadDocument,
  SecurityScheme,
} from './operation'
import { groupOperations, nameOperations, slugOf } from './operation-groups'
import { parameterValues } from './parameter-values'
import { readJsonOrYaml } from './read-json-or-yaml'
import { exampleOf } from './schema-example'
import { type Budget, schemaTree } from './schema-tree'
import { notesOf, typeLabel } from './schema-words'

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'] as const
const maxOperations = 2000
const maxPathCharacters = 2000
const maxExampleCharacters = 20_000

/** D1 takes 2 MB a row, and a character has up to 3 bytes: no text or operation that is stored comes near. */
const maxTextCharacters = 200_000
const maxOperationCharacters = 500_000

/** What schema trees may take: all together, and of one operation. */
const treeCharacters = { document: 8_000_000, operation: 100_000 }

/** `source` is the document as it was written, or what could be read of one that is refused. */
export type ReadResult =
  | { ok: true; document: ReadDocument; source: Json }
  | { ok: false; problem: string; source?: { value: Json; format: 'json' | 'yaml' } }

/** `renderMarkdown` makes safe HTML of the descriptions of operations. */
export function readOpenApi(text: string, renderMarkdown: (text: string) => string): ReadResult {
  const read = readJsonOrYaml(text)
  if (!read.ok) return read
  const { value: document, format } = read
  if (!isObject(document))
    return { ok: false, problem: 'The document must be an object with "openapi", "info" and "paths".' }
  const problem = (text: string): ReadResult => ({
    ok: false,
    problem: text,
    source: { value: document, format },
  })
  if (document['swagger'] !== undefined) {
    return problem(
      'This is a Swagger 2.0 document. Convert it to OpenAPI 3 first, for example with "npx swagger2openapi", and import the result.',
    )
  }
  const version = textOf(document['openapi'])
  if (!/^3\.[01]\.\d+$/.test(version))
    return problem('"openapi" must name version 3.0 or 3.1, such as "3.1.0".')
  const info = isObject(document['info']) ? document['info'] : {}
  if (!textOf(info['title'])) return problem('"info.title" is missing.')
  if (!textOf(info['version']))
    return problem('"info.version" is missing. Write it in quotes, such as "1.0.0".')
  if (!isObject(document['paths'])) return problem('"paths" is missing.')
  const broken = brokenReference(document)
  if (broken) return problem(broken)

  const found = operationsIn(document)
  if (typeof found === 'string') return problem(found)
  const trees = Math.min(treeCharacters.operation, Math.floor(treeCharacters.document / found.length))
  const operations: Operation[] = []
  const made = { trees: new Map(), examples: new Map() }
  for (const one of found) {
    const operation = readOperation({ ...one, document, renderMarkdown, budget: { left: trees, ...made } })
    if (JSON.stringify(operation.detail).length > maxOperationCharacters)
      return problem(`${operation.method} ${operation.path} has too much text and examples. Shorten them.`)
    operations.push(operation)
  }
  nameOperations(operations)
  const about = {
    description: textOf(info['description']),
    servers: listOf(document['servers'])
      .filter(isObject)
      .map((server) => ({ url: textOf(server['url']), description: textOf(server['description']) })),
    securitySchemes: securitySchemes(document),
  }
  const tags = listOf(document['tags'])
    .filter(isObject)
    .map((tag) => ({ name: cut(textOf(tag['name']), 100), description: textOf(tag['description']) }))
  if (JSON.stringify([about, tags]).length > maxTextCharacters)
    return problem('The descriptions of the document, its tags and its servers are too long. Shorten them.')
  return {
    ok: true,
    source: document,
    document: {
      format,
      openapiVersion: version,
      title: cut(textOf(info['title']), 200),
      version: cut(textOf(info['version']), 60),
      ...about,
      ...groupOperations(operations, tags),
    },
  }
}

type Found = { item: Json; operation: Json; method: string; path: string }

/** Every operation as it stands in the document, or what is wrong. */
function operationsIn(document: Json): Found[] | string {
  const found: Found[] = []
  for (const [path, rawItem] of Object.entries(document['paths'] as Json)) {
    if (path.startsWith('x-')) continue
    if (!path.startsWith('/')) return `The path "${path.slice(0, 200)}" must begin with a slash.`
    if (path.length > maxPathCharacters || /\p{Surrogate}/u.test(path))
      return `The path "${path.slice(0, 200)}" is too long or has characters that cannot be shown.`
    const { value: item } = dereference(document, rawItem)
    for (const method of methods) {
      const operation = item[method]
      if (operation === undefined) continue
      if (!isObject(operation)) return `${method.toUpperCase()} ${path.slice(0, 200)} is not an object.`
      found.push({ item, operation, method, path })
    }
  }
  if (found.length === 0) return 'The document has no operations.'
  if (found.length > maxOperations)
    return `The document has more than ${maxOperations} operations. Split it into several APIs.`
  return found
}

type Source = Found & { document: Json; renderMarkdown: (text: string) => string; budget: Budget }

function readOperation(source: Source): Operation {
  const { document, item, operation, method, path, renderMarkdown, budget } = source
  const operationId = textOf(operation['operationId']) || null
  const description = textOf(operation['description']) || textOf(item['description'])
  const detail: OperationDetail = {
    operationId,
    description,
    descriptionHtml: renderMarkdown(description),
    parameters: parametersOf(document, item, operation),
    requestBody: requestBodyOf(document, operation['requestBody'], budget),
    responses: Object.entries(isObject(operation['responses']) ? operation['responses'] : {}).map(
      ([status, raw]) => {
        const { value } = dereference(document, raw)
        return {
          status,
          description: textOf(value['description']),
          bodies: bodiesOf(document, value['content'], budget, 'writeOnly'),
        }
      },
    ),
    security: securityOf(operation['security'] ?? document['security']),
  }
  return {
    slug: slugOf(operationId ?? `${method} ${path}`),
    method: method.toUpperCase(),
    path,
    tag: cut(textOf(listOf(operation['tags'])[0]), 100) || 'Operations',
    summary: cut(textOf(operation['summary']) || operationId || `${method.toUpperCase()} ${path}`, 300),
    deprecated: operation['deprecated'] === true,
    detail,
  }
}

function parametersOf(document: Json, item: Json, operation: Json): OperationParameter[] {
  const byPlace = new Map<string, OperationParameter>()
  // The operation's own parameters replace those of its path (OpenAPI 3.1, Path Item Object).
  for (const raw of [...listOf(item['parameters']), ...listOf(operation['parameters'])]) {
    const { value } = dereference(document, raw)
    const place = textOf(value['in'])
    if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') continue
    const schema = dereference(document, value['schema']).value
    const example =
      value['example'] ??
      firstExample(document, value['examples']) ??
      schema['example'] ??
      listOf(schema['examples'])[0]
    byPlace.set(`${place} ${textOf(value['name'])}`, {
      name: textOf(value['name']),
      in: place,
      required: value['required'] === true || place === 'path',
      deprecated: value['deprecated'] === true,
      type: typeLabel(document, value['schema']),
      description: cut(textOf(value['description']), 2000),
      notes: notesOf(document, schema),
      example: example === undefined ? null : shortJson(example),
      ...parameterValues(document, value, schema, place),
    })
  }
  return [...byPlace.values()]
}

function requestBodyOf(document: Json, raw: unknown, budget: Budget): OperationDetail['requestBody'] {
  if (raw === undefined) return null
  const { value } = dereference(document, raw)
  return {
    required: value['required'] === true,
    description: textOf(value['description']),
    bodies: bodiesOf(document, value['content'], budget, 'readOnly'),
  }
}

function bodiesOf(
  document: Json,
  content: unknown,
  budget: Budget,
  neverSent: 'readOnly' | 'writeOnly',
): Body[] {
  if (!isObject(content)) return []
  return Object.entries(content)
    .slice(0, 10)
    .map(([contentType, raw]) => {
      const media = isObject(raw) ? raw : {}
      const schema = dereference(document, media['schema']).value
      const example =
        media['example'] ??
        firstExample(document, media['examples']) ??
        schema['example'] ??
        listOf(schema['examples'])[0] ??
        (/[/+]json\b/.test(contentType)
          ? exampleOf(document, media['schema'], neverSent, budget.examples)
          : undefined)
      return {
        contentType,
        schema: schemaTree(document, media['schema'], budget),
        example: example === undefined ? null : prettyJson(example),
      }
    })
}

function firstExample(document: Json, examples: unknown): unknown {
  if (!isObject(examples)) return undefined
  const [first] = Object.values(examples)
  return dereference(document, first).value['value']
}

function shortJson(value: unknown): string {
  return cut(typeof value === 'string' ? value : JSON.stringify(value), 200)
}

function prettyJson(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return text.length > maxExampleCharacters ? `${cut(text, maxExampleCharacters)}\n…` : text
}

function securityOf(requirements: unknown): string[] {
  return [
    ...new Set(
      listOf(requirements)
        .filter(isObject)
        .flatMap((requirement) => Object.keys(requirement)),
    ),
  ]
}

function securitySchemes(document: Json): SecurityScheme[] {
  const components = isObject(document['components']) ? document['components'] : {}
  const schemes = isObject(components['securitySchemes']) ? components['securitySchemes'] : {}
  return Object.entries(schemes).map(([name, raw]) => {
    const { value } = dereference(document, raw)
    return { name, label: schemeLabel(value), description: textOf(value['description']) }
  })
}

function schemeLabel(scheme: Json): string {
  if (scheme['type'] === 'apiKey') return `${textOf(scheme['name'])} (${textOf(scheme['in'])})`
  if (scheme['type'] === 'http')
    return scheme['scheme'] === 'bearer'
      ? 'Authorization: Bearer'
      : `Authorization: ${textOf(scheme['scheme'])}`
  return textOf(scheme['type'])
}
