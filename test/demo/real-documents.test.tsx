// Documents that others publish, from packages that ship them: each is read without a problem, and every operation of
// it can be shown, as a page, as Markdown and as code.
import { readdirSync, readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { readOpenApi } from '~/domain/catalog/read-openapi'
import { markdownTools } from '~/platform/markdown'
import { codeSamples } from '~/ui/catalog/code-samples'
import { operationMarkdown } from '~/ui/catalog/operation-markdown'
import { OperationView } from '~/ui/catalog/operation-view'

const packages = new URL('../../node_modules/', import.meta.url)
const examples = '@readme/oas-examples'

function textOf(path: string): string {
  return readFileSync(new URL(path, packages), 'utf8')
}

/** Counted in the document itself, by hand. */
function operationsIn(text: string): number {
  const { paths } = JSON.parse(text.replace(/^\uFEFF/, '')) as { paths: Record<string, object> }
  return Object.values(paths)
    .flatMap((item) => Object.keys(item))
    .filter((key) => /^(get|put|post|delete|options|head|patch|trace)$/.test(key)).length
}

function readOrFail(text: string) {
  const read = readOpenApi(text, markdownTools.render)
  if (!read.ok) throw new Error(read.problem)
  return read.document
}

function showEvery(text: string): number {
  const { operations, securitySchemes } = readOrFail(text)
  for (const operation of operations) {
    const html = renderToStaticMarkup(
      <OperationView operation={operation} schemes={securitySchemes} accepts={null} url="https://x.test" />,
    )
    expect(html).toContain('Responses')
    expect(html).not.toMatch(/<script|\son\w+=|javascript:/i)
    const samples = codeSamples(operation, 'https://x.test')
    expect(samples).toHaveLength(4)
    const markdown = operationMarkdown({ operation, baseUrl: '', authentication: '', sample: '' })
    expect(markdown).toContain('## Responses')
  }
  return operations.length
}

test.each([
  ['the GitHub REST API', '@octokit/openapi/generated/api.github.com.json', 600],
  ['Directus', '@directus/specs/dist/openapi.json', 50],
  ['Ideal Postcodes', '@ideal-postcodes/openapi/dist/openapi.json', 20],
  ['Dialogporten', '@digdir/dialogporten-schema/swagger.verified.json', 20],
  ['Train Travel', `${examples}/3.1/json/train-travel.json`, 5],
  ['Star Trek', `${examples}/3.0/json/star-trek.json`, 50],
])(
  '%s is read whole, and every operation is shown',
  (_name, path, atLeast) => {
    const text = textOf(path)
    expect(showEvery(text)).toBe(operationsIn(text))
    expect(operationsIn(text)).toBeGreaterThanOrEqual(atLeast)
  },
  240_000,
)

test('Figma, in YAML, is read whole, and every operation is shown', () => {
  expect(showEvery(textOf('@figma/rest-api-spec/openapi/openapi.yaml'))).toBeGreaterThanOrEqual(30)
}, 240_000)

test('a collection of odd documents is shown, or refused with a reason', () => {
  const refused: Record<string, string> = {}
  for (const version of ['3.0', '3.1']) {
    const folder = `${examples}/${version}/json/`
    for (const name of readdirSync(new URL(folder, packages)).filter((one) => one.endsWith('.json'))) {
      const text = textOf(`${folder}${name}`)
      const read = readOpenApi(text, markdownTools.render)
      // Paths may be references to others, which counting by hand does not follow.
      if (read.ok) expect(showEvery(text), name).toBeGreaterThanOrEqual(operationsIn(text))
      else refused[`${version}/${name}`] = read.problem
    }
  }
  // It describes webhooks only: there is nothing that one could call.
  expect(refused).toEqual({ '3.1/webhooks.json': '"paths" is missing.' })
}, 240_000)
