// The samples in JavaScript, Python and Go: what comes from a document stays inside its quotes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Operation, OperationParameter } from '~/domain/catalog/operation'
import { codeSamples } from '~/ui/catalog/code-samples'
import { codeBlock, link, plain } from '~/ui/catalog/markdown-text'

const base = 'https://portal.test/gateway/pets/main'

function operation(body: string | null, values: string[] = []): Operation {
  const parameters: OperationParameter[] = values.map((example, at) => ({
    name: `name${at}`,
    in: at % 2 === 0 ? 'header' : 'query',
    required: true,
    deprecated: false,
    type: 'string',
    description: '',
    notes: [],
    example,
  }))
  return {
    slug: 'one',
    method: 'POST',
    path: '/pets',
    tag: 'Pets',
    summary: 'One',
    deprecated: false,
    detail: {
      operationId: null,
      description: '',
      descriptionHtml: '',
      parameters,
      requestBody:
        body === null
          ? null
          : {
              required: true,
              description: '',
              bodies: [{ contentType: 'application/json', schema: null, example: body }],
            },
      responses: [],
      security: [],
    },
  }
}

function sampleOf(label: string, body: string | null, values: string[] = []): string {
  return codeSamples(operation(body, values), base).find((sample) => sample.label === label)?.code ?? ''
}

const hostile = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc
    .array(
      fc.constantFrom('"', "'", '`', '\\', '\n', '\r', `$${'{x}'}`, '*/', '//', '#', '\ud83d', '\u2028', 'é'),
      {
        minLength: 1,
      },
    )
    .map((parts) => parts.join('')),
)
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd')

/** The code without its strings: what of the document is in there would be code. */
function withoutStrings(code: string, raw: boolean): string {
  const strings = raw ? /`[^`]*`|"(?:[^"\\\n]|\\.)*"/g : /"(?:[^"\\\n]|\\.)*"/g
  return code.replace(strings, 'S')
}

test.each(['JavaScript', 'Python', 'Go'])('%s: a text of the document changes no code', (label) => {
  const shape = withoutStrings(sampleOf(label, 'plain text', ['a', 'b']), label === 'Go')
  fc.assert(
    fc.property(hostile, hostile, hostile, (body, header, query) => {
      fc.pre(!isJson(body))
      expect(withoutStrings(sampleOf(label, body, [header, query]), label === 'Go')).toBe(shape)
    }),
    { numRuns: 300 },
  )
})

test.each(['JavaScript', 'Python', 'Go'])('%s: a header is sent as the document has it', (label) => {
  fc.assert(
    fc.property(hostile, (header) => {
      expect(sampleOf(label, null, [header])).toContain(JSON.stringify(wellFormed(header)))
    }),
    { numRuns: 100 },
  )
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('a JSON body is a value of the language, with its numbers as they are written', () => {
  const body = '{\n  "a": true,\n  "b": null,\n  "c": 12345678901234567890,\n  "true": "null \\/ x"\n}'
  expect(sampleOf('Python', body)).toContain('"a": True')
  expect(sampleOf('Python', body)).toContain('"b": None')
  expect(sampleOf('Python', body)).toContain('"true": "null / x"')
  expect(sampleOf('JavaScript', body)).toContain('JSON.stringify({')
  for (const label of ['JavaScript', 'Python', 'Go'])
    expect(sampleOf(label, body)).toContain('12345678901234567890')
  expect(sampleOf('JavaScript', '{"__proto__": 1}')).toContain('body: "{\\"__proto__\\": 1}"')
})

test('names in Markdown stay names, and code stays in its fence', () => {
  expect(plain('a *b* [c](javascript:x) <d>\n# e')).toBe('a \\*b\\* \\[c\\](javascript:x) \\<d\\> \\# e')
  expect(link('x](evil) [y', 'https://portal.test/a')).toBe('[x\\](evil) \\[y](https://portal.test/a)')
  expect(codeBlock('```\nout')).toBe('````\n```\nout\n````')
})
