// What is wrong with a document, all of it and not only the first: errors, which stop the import, and warnings, which do not.
import { brokenReferences, dereference, isObject, type Json, listOf, textOf } from './document-refs'

type Found = { at: string; text: string }

/** More would help nobody: who has so many has made one mistake many times. */
const maxFound = 50

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'])

/** What the reading of a document refuses, listed. Empty for what reads well. */
export function documentErrors(document: Json): Found[] {
  const errors: Found[] = []
  const info = isObject(document['info']) ? document['info'] : {}
  if (!textOf(info['title'])) errors.push({ at: '#/info', text: '"info.title" is missing.' })
  if (!textOf(info['version']))
    errors.push({ at: '#/info', text: '"info.version" is missing. Write it in quotes, such as "1.0.0".' })
  for (const { path, item, at } of pathsOf(document)) {
    if (!path.startsWith('/')) errors.push({ at, text: `The path "${path}" must begin with a slash.` })
    for (const [method, operation] of Object.entries(item))
      if (methods.has(method) && !isObject(operation))
        errors.push({ at: `${at}/${method}`, text: `${method.toUpperCase()} ${path} is not an object.` })
  }
  return [...errors, ...brokenReferences(document, maxFound)].slice(0, maxFound)
}

/** What is odd, and hurts those who read the reference or make clients from the document. */
export function documentWarnings(document: Json): Found[] {
  const warnings: Found[] = []
  const shapes = new Map<string, string>()
  const ids = new Map<string, string>()
  for (const { path, item, at } of pathsOf(document)) {
    const shape = path.replaceAll(/\{[^}]*\}/g, '{}')
    const twin = shapes.get(shape)
    if (twin !== undefined)
      warnings.push({ at, text: `"${path}" and "${twin}" are the same path for a caller.` })
    shapes.set(shape, path)
    for (const [method, operation] of Object.entries(item)) {
      if (!methods.has(method) || !isObject(operation) || warnings.length >= maxFound) continue
      const place = { at: `${at}/${method}`, name: `${method.toUpperCase()} ${path}` }
      const id = textOf(operation['operationId'])
      if (id !== '' && ids.has(id))
        warnings.push({
          at: place.at,
          text: `${place.name} has the operationId "${id.slice(0, 80)}" of ${ids.get(id)}.`,
        })
      if (id !== '') ids.set(id, place.name)
      warnings.push(...operationWarnings(document, path, item, operation, place))
    }
  }
  return warnings.slice(0, maxFound)
}

function operationWarnings(
  document: Json,
  path: string,
  item: Json,
  operation: Json,
  { at, name }: { at: string; name: string },
): Found[] {
  const found: Found[] = []
  if (!isObject(operation['responses']) || Object.keys(operation['responses']).length === 0)
    found.push({ at, text: `${name} has no responses.` })
  const declared = new Set(
    [...listOf(item['parameters']), ...listOf(operation['parameters'])]
      .map((raw) => dereference(document, raw).value)
      .filter((parameter) => parameter['in'] === 'path')
      .map((parameter) => textOf(parameter['name'])),
  )
  for (const [, parameter = ''] of path.matchAll(/\{([^}]*)\}/g)) {
    if (!declared.has(parameter))
      found.push({ at, text: `${name} does not describe its path parameter "${parameter.slice(0, 80)}".` })
  }
  return found
}

function pathsOf(document: Json): { path: string; item: Json; at: string }[] {
  const paths = isObject(document['paths']) ? document['paths'] : {}
  return Object.entries(paths)
    .filter(([path]) => !path.startsWith('x-'))
    .map(([path, raw]) => ({
      path: path.slice(0, 300),
      item: dereference(document, raw).value,
      at: `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    }))
}
