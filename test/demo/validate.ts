// Validates values against the schemas of an OpenAPI document. Fields that a schema does not name are errors
// too, so that an answer cannot say more than its document.
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { ApiDocument } from './read-documents'

export type Validate = (schemaPointer: string, value: unknown) => string[]

export function validatorOf(document: ApiDocument): Validate {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(closed(document) as object, 'document.json')
  return (schemaPointer, value) => {
    const validate = ajv.compile({ $ref: `document.json${schemaPointer}` })
    validate(value)
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    )
  }
}

/** A JSON pointer as a URI fragment. */
export function pointer(...names: string[]): string {
  const escaped = names.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')))
  return `#/${escaped.join('/')}`
}

/** Closes every reference to an object schema, but for the parts of an allOf, which complete each other. */
function closed(value: unknown, insideAllOf = false): unknown {
  if (Array.isArray(value)) return value.map((entry) => closed(entry, insideAllOf))
  if (value === null || typeof value !== 'object') return value
  const copy = Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, closed(entry, name === 'allOf')]),
  )
  const isClosable = '$ref' in copy && !insideAllOf
  return isClosable ? { ...copy, unevaluatedProperties: false } : copy
}
