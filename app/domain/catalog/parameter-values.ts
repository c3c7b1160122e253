// What may be sent as a parameter, for a form that sends it: the values to choose from, the usual one, and how a list goes.
import { isObject, type Json, listOf } from './document-refs'
import type { OperationParameter } from './operation'
import { flattened, typesOf } from './schema-words'

/** More than one finds in a list; then one types. */
const maxChoices = 100
const maxCharacters = 200

type Values = Pick<OperationParameter, 'choices' | 'preset' | 'list'>

export function parameterValues(
  document: Json,
  parameter: Json,
  rawSchema: Json,
  place: OperationParameter['in'],
): Values {
  const schema = flattened(document, rawSchema)
  const types = typesOf(schema)
  const choices = types.includes('boolean') ? ['true', 'false'] : listOf(schema['enum']).map(asText)
  const preset = schema['default']
  const values: Values = {}
  if (choices.length > 0 && choices.length <= maxChoices && choices.every(isSendable))
    values.choices = choices
  if (preset !== undefined && !isObject(preset) && isSendable(asText(preset))) values.preset = asText(preset)
  if (types.includes('array'))
    // Only the queries of forms repeat the name, and do so unless they are told not to (OpenAPI 3.1, Style Values).
    values.list = place === 'query' && parameter['explode'] !== false ? 'repeated' : 'joined'
  return values
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(',')
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function isSendable(text: string): boolean {
  return text !== '' && text.length <= maxCharacters && !/\p{Surrogate}/u.test(text)
}
