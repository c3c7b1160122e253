// What the pages know of an API's document: made once at import, so that nothing is parsed when a page is read.

/** One line of a schema as it is shown. `more` says why nothing is listed below it although there is something. */
export type SchemaNode = {
  name: string | null
  type: string
  required: boolean
  deprecated: boolean
  description: string
  /** Such as "at least 1", "one of: a, b", "format: date". */
  notes: string[]
  children: SchemaNode[]
  more: 'repeats' | 'deep' | null
}

export type Body = { contentType: string; schema: SchemaNode | null; example: string | null }

export type OperationParameter = {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required: boolean
  deprecated: boolean
  type: string
  description: string
  notes: string[]
  example: string | null
  /** The values that may be sent, when the document lists them all. */
  choices?: string[]
  /** What is meant when nothing is sent. */
  preset?: string
  /** A list is sent as one name with commas between, or as the name again and again. */
  list?: 'joined' | 'repeated'
}

export type OperationDetail = {
  operationId: string | null
  /** As the document has it, for readers of Markdown. */
  description: string
  descriptionHtml: string
  parameters: OperationParameter[]
  requestBody: { required: boolean; description: string; bodies: Body[] } | null
  responses: { status: string; description: string; bodies: Body[] }[]
  /** Names of the security schemes that are accepted; empty when none is needed. */
  security: string[]
}

export type Operation = {
  slug: string
  method: string
  path: string
  tag: string
  summary: string
  deprecated: boolean
  detail: OperationDetail
}

export type SecurityScheme = { name: string; label: string; description: string }

export type DocumentOverview = {
  servers: { url: string; description: string }[]
  securitySchemes: SecurityScheme[]
}

/** The operations of one tag; they follow one another in the document's list from `firstPosition` on. */
export type OperationGroup = {
  slug: string
  tag: string
  description: string
  firstPosition: number
  operationCount: number
}

/** An OpenAPI document, read and bounded; Markdown is still Markdown here. */
export type ReadDocument = {
  format: 'json' | 'yaml'
  openapiVersion: string
  title: string
  version: string
  description: string
  servers: { url: string; description: string }[]
  groups: OperationGroup[]
  securitySchemes: SecurityScheme[]
  /** Group by group. */
  operations: Operation[]
}
