// The parts of a `multipart/form-data` body, as a document describes them.
import type { Body, SchemaNode } from './operation'

export type BodyPart = {
  name: string
  required: boolean
  kind: 'file' | 'files' | 'json' | 'list' | 'text'
  type: string
  description: string
}

export function isForm(contentType: string): boolean {
  return /^multipart\/form-data\b/i.test(contentType)
}

/** Empty where the document does not say which parts there are. */
export function bodyParts({ contentType, schema }: Body): BodyPart[] {
  if (!isForm(contentType) || schema === null) return []
  return schema.children.flatMap((node) => {
    const { name, required, type, description, notes } = node
    return name === null || notes.includes('read only')
      ? []
      : [{ name, required, kind: kindOf(node), type, description }]
  })
}

/** OpenAPI 3.0 says `format: binary` of a file, 3.1 what media type it has. */
function kindOf({ type, notes, children }: SchemaNode): BodyPart['kind'] {
  const file = notes.find((note) => /^(?:each )?(?:format: binary$|content: )/.test(note))
  if (file) return file.startsWith('each ') ? 'files' : 'file'
  if (/^list of (?:string|integer|number|boolean)\b/.test(type)) return 'list'
  return children.length > 0 || /^(?:object|list)\b/.test(type) ? 'json' : 'text'
}
