// One operation as Markdown, for agents and for who reads in a terminal.
import type { Body, Operation, OperationParameter, SchemaNode } from '~/domain/catalog/operation'
import { blocks, code, codeBlock, plain } from './markdown-text'

type OperationText = {
  operation: Operation
  baseUrl: string
  /** How to show who one is, in words. */
  authentication: string
  sample: string
}

export function operationMarkdown({ operation, baseUrl, authentication, sample }: OperationText): string {
  const { method, path, summary, deprecated, detail } = operation
  const body = detail.requestBody
  return blocks(
    `# ${plain(summary)}`,
    codeBlock(`${method} ${baseUrl}${path}`),
    deprecated && '**Deprecated.**',
    detail.description,
    `## Authentication\n\n${authentication}`,
    detail.parameters.length > 0 && `## Parameters\n\n${detail.parameters.map(parameterLine).join('\n')}`,
    body &&
      `## Request body${body.required ? '' : ' (optional)'}\n\n${blocks(body.description, ...body.bodies.map(bodyText))}`,
    '## Responses',
    ...detail.responses.map((response) =>
      blocks(
        `### ${plain(response.status)}`,
        plain(response.description),
        ...response.bodies.map(bodyText),
      ).trimEnd(),
    ),
    `## Example\n\n${codeBlock(sample, 'sh')}`,
  )
}

function parameterLine({ name, in: place, type, required, description, notes, example }: OperationParameter) {
  const facts = [`${place}, ${plain(type)}`, required && 'required', ...notes.map(plain)].filter(Boolean)
  const said = [plain(description), example !== null && `Example: ${code(example)}.`].filter(Boolean)
  return `- ${code(name)} (${facts.join('; ')})${said.length > 0 ? `: ${said.join(' ')}` : ''}`
}

function bodyText({ contentType, schema, example }: Body): string {
  return blocks(
    code(contentType),
    schema &&
      (schema.children.length > 0
        ? schema.children.map((node) => schemaLine(node, 0)).join('\n')
        : schemaLine(schema, 0)),
    example && codeBlock(example, /json/.test(contentType) ? 'json' : ''),
  ).trimEnd()
}

function schemaLine(node: SchemaNode, depth: number): string {
  const { name, type, required, deprecated, description, notes, children, more } = node
  const facts = [plain(type), required && 'required', deprecated && 'deprecated', ...notes.map(plain)].filter(
    Boolean,
  )
  const line = `${'  '.repeat(depth)}- ${name === null ? '' : `${code(name)} `}(${facts.join('; ')})${description ? `: ${plain(description)}` : ''}`
  return [
    line,
    ...children.map((child) => schemaLine(child, depth + 1)),
    ...(more ? [`${'  '.repeat(depth + 1)}- …`] : []),
  ].join('\n')
}
