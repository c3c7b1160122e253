// The parts of a `multipart/form-data` body, a field each: files are chosen, lists are typed with commas between.
import { type BodyPart, bodyParts } from '~/domain/catalog/body-parts'
import type { Body } from '~/domain/catalog/operation'

export type CallPart = BodyPart & { id: string }

export function callParts(body: Body): CallPart[] {
  return bodyParts(body).map((part, at) => ({ ...part, id: `call-part-${at}` }))
}

type Filled = { content: FormData | null; errors: Record<string, string> }

/** What was typed and chosen, as a form to send; null when nothing was. `jsonProblem` says what is wrong with a text. */
export function filledParts(
  parts: readonly CallPart[],
  isRequired: boolean,
  form: FormData,
  jsonProblem: (text: string) => string | null,
): Filled {
  const content = new FormData()
  const errors: Filled['errors'] = {}
  const missing: Filled['errors'] = {}
  for (const part of parts) {
    const values = valuesOf(part, form)
    const problem = part.kind === 'json' && typeof values[0] === 'string' ? jsonProblem(values[0]) : null
    if (problem) errors[part.id] = problem
    for (const value of values) content.append(part.name, value)
    if (values.length === 0 && part.required)
      missing[part.id] = part.kind.startsWith('file') ? 'Choose a file.' : `Enter ${part.name}.`
  }
  const isEmpty = [...content.keys()].length === 0
  if (isEmpty && !isRequired) return { content: null, errors: {} }
  return { content, errors: { ...errors, ...missing } }
}

/** A file that is not chosen comes without a name. */
function valuesOf({ id, kind }: CallPart, form: FormData): (string | File)[] {
  return form.getAll(id).flatMap((value): (string | File)[] => {
    if (typeof value !== 'string') return value.name === '' ? [] : [value]
    if (kind !== 'list') return value.trim() === '' ? [] : [value]
    return value
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
  })
}

/** Names and values as they were sent, files by their names: for a command to copy. */
export function partsSent(content: FormData): { name: string; value: string; isFile: boolean }[] {
  return [...content].map(([name, value]) =>
    typeof value === 'string' ? { name, value, isFile: false } : { name, value: value.name, isFile: true },
  )
}
