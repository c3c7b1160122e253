// A body of several parts: a field for each, sent as a form, and the same call in every language.
import { expect, test } from 'vitest'
import { readOpenApi } from '~/domain/catalog/read-openapi'
import { codeSamples } from '~/ui/catalog/code-samples'
import { curlSample } from '~/ui/catalog/curl-sample'
import { callFields } from '~/ui/gateway/call-fields'
import { partsSent } from '~/ui/gateway/call-parts'
import { callRequest } from '~/ui/gateway/call-request'

const base = 'https://portal.test/gateway/pets/main'

function operationWith(schema: object, required = true) {
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        post: {
          requestBody: { required, content: { 'multipart/form-data': { schema } } },
          responses: { 200: { description: 'Kept' } },
        },
      },
    },
  })
  const read = readOpenApi(text, (markdown) => markdown)
  if (!read.ok || !read.document.operations[0]) throw new Error('not read')
  return read.document.operations[0]
}

const pet = {
  type: 'object',
  required: ['name', 'photo'],
  properties: {
    id: { type: 'string', readOnly: true },
    name: { type: 'string', description: 'What it is called' },
    photo: { type: 'string', format: 'binary' },
    papers: { type: 'array', items: { type: 'string', contentMediaType: 'application/pdf' } },
    tags: { type: 'array', items: { type: 'string' } },
    owner: { type: 'object', properties: { city: { type: 'string' } } },
  },
}

function filled(schema: object, typed: Record<string, string | File>, required = true) {
  const operation = operationWith(schema, required)
  const taken = callFields(operation)
  const form = new FormData()
  for (const part of taken.bodies[0]?.parts ?? [])
    form.set(part.id, typed[part.name] ?? (part.kind.startsWith('file') ? new File([], '') : ''))
  return callRequest(operation, taken, base, form)
}

const photo = new File(['x'], 'a "cat".png', { type: 'image/png' })

test('each part has its kind of field: files as 3.0 and 3.1 say it, lists, JSON, text; what is read only has none', () => {
  const { bodies, limits } = callFields(operationWith(pet))
  expect(limits).toEqual([])
  expect(bodies[0]?.parts.map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ['name', 'text', true],
    ['photo', 'file', true],
    ['papers', 'files', false],
    ['tags', 'list', false],
    ['owner', 'json', false],
  ])
})

test('a form is sent with what was typed and chosen, and its content type is left to the browser', () => {
  const { request } = filled(pet, { name: 'Tom', photo, tags: 'a, b', owner: '{"city":"Bonn"}' })
  expect(request?.headers).toEqual([])
  expect(request?.body instanceof FormData && [...request.body]).toEqual([
    ['name', 'Tom'],
    ['photo', photo],
    ['tags', 'a'],
    ['tags', 'b'],
    ['owner', '{"city":"Bonn"}'],
  ])
})

test('what is missing or no JSON is told at its part; an optional body may be left out, but not in half', () => {
  const problems = (typed: Record<string, string | File>, required = true) =>
    Object.values(filled(pet, typed, required).errors ?? {})
  expect(problems({ owner: '{"city"' })).toEqual([
    'This is not JSON, line 1: it ends too early.',
    'Enter name.',
    'Choose a file.',
  ])
  expect(problems({ name: 'Tom' }, false)).toEqual(['Choose a file.'])
  expect(filled(pet, {}, false).request).toMatchObject({ body: null, headers: [] })
})

test('a body whose parts the document does not describe is left out, and that is said', () => {
  const { bodies, limits } = callFields(operationWith({ type: 'object' }))
  expect(bodies).toEqual([])
  expect(limits.join()).toContain('multipart')
})

test('the call as it was sent names its files, and texts stay texts', () => {
  const { request } = filled(pet, { name: '@/etc/passwd', photo })
  const body = request?.body
  if (!(body instanceof FormData) || !request) throw new Error('no form')
  const lines = curlSample({ ...request, body: null, parts: partsSent(body) }).split(' \\\n  ')
  expect(lines.slice(2)).toEqual(["--form-string 'name=@/etc/passwd'", `-F 'photo=@"a \\"cat\\".png"'`])
})

test('the samples send the required parts as a form, without a content type of their own', () => {
  const samples = codeSamples(operationWith(pet), base)
  const [curl = '', javaScript = '', python = '', go = ''] = samples.map(({ code }) => code)
  for (const code of [curl, javaScript, python]) expect(code).not.toContain('multipart/form-data')
  expect(curl).toContain(`--form-string 'name=NAME' \\\n  -F 'photo=@"PHOTO"'`)
  expect(javaScript).toContain(`body.append("photo", await openAsBlob("PHOTO"), "PHOTO")`)
  expect(javaScript).toMatch(/ {2}body,\n\}\)/)
  expect(python).toContain(
    `    files=[\n        ("name", (None, "NAME")),\n        ("photo", open("PHOTO", "rb")),\n    ],`,
  )
  expect(go).toContain('\t"mime/multipart"\n\t"net/http"\n\t"os"\n)')
  expect(go).toContain('form.WriteField("name", "NAME")')
  expect(go).toContain('http.NewRequest("POST", "https://portal.test/gateway/pets/main/pets", &body)')
})
