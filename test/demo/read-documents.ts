// Reads the demo's OpenAPI documents and makes the requests that they document.
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Schema = { [keyword: string]: Json }
type Parameter = { name: string; in: string; required?: boolean; example?: Json; schema: Schema }
type Content = Record<string, { schema?: Schema; example?: Json; examples?: Record<string, { value: Json }> }>
type Response = { description: string; content?: Content }
type Operation = {
  operationId: string
  summary: string
  description: string
  tags: string[]
  deprecated?: boolean
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, Response | { $ref: string }>
}
export type ApiDocument = {
  openapi: string
  info: { title: string; version: string; summary: string; description: string }
  servers: { url: string }[]
  security: Record<string, string[]>[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation> & { parameters?: (Parameter | { $ref: string })[] }>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Schema> }
}
export type DocumentedOperation = {
  document: ApiDocument
  method: string
  path: string
  operation: Operation
  parameters: Parameter[]
}

const folder = new URL('../../demo/documents/', import.meta.url)
const methods = ['get', 'post', 'put', 'patch', 'delete']

export const documentNames = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

export function readDocument(name: string): ApiDocument {
  return parse(readFileSync(new URL(name, folder), 'utf8')) as ApiDocument
}

export function operationsOf(document: ApiDocument): DocumentedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      if (!operation) return []
      const shared = (item.parameters ?? []).map((one) => resolved<Parameter>(document, one))
      const own = (operation.parameters ?? []).map((one) => resolved<Parameter>(document, one))
      const inherited = shared.filter((one) => !own.some((other) => other.name === one.name))
      return [{ document, method: method.toUpperCase(), path, operation, parameters: [...inherited, ...own] }]
    }),
  )
}

export function resolved<T>(document: ApiDocument, value: T | { $ref: string }): T {
  if (!isReference(value)) return value as T
  return lookUp(document, value.$ref) as T
}

/** What a local reference points to, or undefined. */
export function lookUp(document: ApiDocument, reference: string): unknown {
  const names = reference.replace(/^#\//, '').split('/')
  return names.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    document as unknown,
  )
}

export function referencesIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return []
  const own = isReference(value) ? [value.$ref] : []
  return [...own, ...Object.values(value).flatMap(referencesIn)]
}

/** The address of an operation with its documented examples in it. */
export function exampleAddress(
  { document, path, parameters }: DocumentedOperation,
  query: 'required' | 'all',
) {
  const basePath = new URL(document.servers[0]?.url ?? '').pathname
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => {
    const example = parameters.find((one) => one.in === 'path' && one.name === name)?.example
    if (example === undefined) throw new Error(`${path} has no example for ${name}`)
    return encodeURIComponent(String(example))
  })
  const wanted = parameters.filter(
    (one) => one.in === 'query' && one.example !== undefined && (query === 'all' || one.required),
  )
  const search = new URLSearchParams(wanted.map((one) => [one.name, String(one.example)]))
  return `${basePath}${filled}?${search}`
}

export function exampleBodies({ operation }: DocumentedOperation): Json[] {
  const content = operation.requestBody?.content['application/json']
  return Object.values(content?.examples ?? {}).map(({ value }) => value)
}

function isReference(value: unknown): value is { $ref: string } {
  return value !== null && typeof value === 'object' && typeof (value as { $ref?: unknown }).$ref === 'string'
}
