import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Operation, OperationParameter } from '~/domain/catalog/operation'
import { curlSample } from '~/ui/catalog/curl-sample'
import { sampleRequest } from '~/ui/catalog/sample-request'

const curlFor = (one: Operation, baseUrl: string) => curlSample(sampleRequest(one, baseUrl))

function parameter(
  name: string,
  place: OperationParameter['in'],
  example: string | null,
): OperationParameter {
  return {
    name,
    in: place,
    required: true,
    deprecated: false,
    type: 'string',
    description: '',
    notes: [],
    example,
  }
}

function operation(
  changes: Partial<Operation> & { parameters?: OperationParameter[]; example?: string },
): Operation {
  const { parameters = [], example, ...rest } = changes
  return {
    slug: 'one',
    method: 'GET',
    path: '/payments',
    tag: 'Payments',
    summary: 'One',
    deprecated: false,
    detail: {
      operationId: null,
      description: '',
      descriptionHtml: '',
      parameters,
      requestBody:
        example === undefined
          ? null
          : {
              required: true,
              description: '',
              bodies: [{ contentType: 'application/json', schema: null, example }],
            },
      responses: [],
      security: [],
    },
    ...rest,
  }
}

/** The words of a command line as a POSIX shell reads them, or null when a quote stays open or something would run. */
function shellWords(line: string): string[] | null {
  const words: string[] = []
  let at = 0
  let word: string | null = null
  while (at < line.length) {
    const char = line[at] as string
    if (char === "'") {
      const end = line.indexOf("'", at + 1)
      if (end === -1) return null
      word = (word ?? '') + line.slice(at + 1, end)
      at = end + 1
    } else if (char === '\\') {
      if (line[at + 1] !== '\n') word = (word ?? '') + (line[at + 1] ?? '')
      at += 2
    } else if (char === ' ') {
      if (word !== null) words.push(word)
      word = null
      at += 1
    } else {
      if (/[\n;&|<>$`()"*?#~!{}[\]]/.test(char)) return null
      word = (word ?? '') + char
      at += 1
    }
  }
  return word === null ? words : [...words, word]
}

const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom("'", '"', '\\', '$(id)', '`id`', '\n', ';', ' ', '{', '}', '@', '\ud83d', 'é'))
    .map((parts) => parts.join('')),
)

test('nothing from a document breaks out of its quotes, whatever it holds', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, (path, name, value, body) => {
      const line = curlFor(
        operation({
          method: 'POST',
          path: `/${path}/{${name}}`,
          parameters: [parameter(name, 'path', value), parameter(name, 'query', value)],
          example: body,
        }),
        'https://portal.test/gateway/payments/main',
      )
      const words = shellWords(line)
      expect(words?.[0]).toBe('curl')
      expect(words?.[1]?.startsWith('https://portal.test/gateway/payments/main/')).toBe(true)
      if (body) expect(words).toContain(body.replace(/\p{Surrogate}/gu, '\ufffd'))
    }),
    { numRuns: 500 },
  )
})

test('path parameters are filled with their examples, and encoded', () => {
  const line = curlFor(
    operation({
      path: '/stores/{storeId}/items/{item-id}',
      parameters: [parameter('storeId', 'path', '0'), parameter('item-id', 'path', 'a/b c')],
    }),
    'https://portal.test/gateway/x/y',
  )
  expect(line).toContain("'https://portal.test/gateway/x/y/stores/0/items/a%2Fb%20c'")
})

test('a path parameter without an example stays as something to replace, without the braces that curl expands', () => {
  const line = curlFor(operation({ path: '/payments/{paymentId}' }), 'https://portal.test')
  expect(line).toContain('/payments/PAYMENT_ID')
})

test('required query parameters are in the address, others are not', () => {
  const optional = { ...parameter('page', 'query', '2'), required: false }
  const line = curlFor(
    operation({ parameters: [parameter('city', 'query', 'São Paulo'), optional] }),
    'https://portal.test',
  )
  expect(line).toContain("/payments?city=S%C3%A3o%20Paulo'")
})

test('a body that begins with an at sign is sent as it is, not read from a file', () => {
  expect(curlFor(operation({ method: 'POST', example: '@/etc/passwd' }), 'https://portal.test')).toContain(
    "--data-raw '@/etc/passwd'",
  )
})

test('a method is named unless it is GET, and HEAD is asked for in the way that does not wait for a body', () => {
  expect(curlFor(operation({}), 'https://portal.test')).not.toContain('-X')
  expect(curlFor(operation({ method: 'DELETE' }), 'https://portal.test')).toContain('-X DELETE')
  expect(curlFor(operation({ method: 'HEAD' }), 'https://portal.test')).toContain('--head')
})
