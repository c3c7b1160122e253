// A call of one operation to copy, in four languages: the viewer's base URL, examples from the document, and a place
// for the key or the token. Every text of the document is quoted for its language, so that none of it becomes code.
import type { CredentialType } from '~/domain/apps/credential'
import type { Operation } from '~/domain/catalog/operation'
import { curlSample } from './curl-sample'
import { jsonAs, parsedBody, type SampleRequest, sampleRequest } from './sample-request'

export type CodeSample = { label: string; code: string }

export function codeSamples(
  operation: Operation,
  baseUrl: string,
  credential: CredentialType = 'api_key',
  keyHeader?: string,
): CodeSample[] {
  const request = sampleRequest(operation, baseUrl, credential, keyHeader)
  return [
    { label: 'curl', code: curlSample(request) },
    { label: 'JavaScript', code: javaScriptSample(request) },
    { label: 'Python', code: pythonSample(request) },
    { label: 'Go', code: goSample(request) },
  ]
}

/** A string of JavaScript, Python and Go alike: what JSON escapes they all read the same way. */
function literal(text: string): string {
  return JSON.stringify(text)
}

function indented(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`)
}

function javaScriptSample({ method, url, headers, body, parts }: SampleRequest): string {
  const value = parsedBody(body, jsonAs.javaScript)
  const hasFile = parts.some(({ isFile }) => isFile)
  const lines = [
    ...(hasFile ? ["import { openAsBlob } from 'node:fs'", ''] : []),
    ...(parts.length > 0 ? ['const body = new FormData()'] : []),
    ...parts.map(({ name, value, isFile }) =>
      isFile
        ? `body.append(${literal(name)}, await openAsBlob(${literal(value)}), ${literal(value)})`
        : `body.append(${literal(name)}, ${literal(value)})`,
    ),
    ...(parts.length > 0 ? [''] : []),
    `const response = await fetch(${literal(url)}, {`,
    ...(method === 'GET' ? [] : [`  method: ${literal(method)},`]),
    '  headers: {',
    ...headers.map(([name, text]) => `    ${literal(name)}: ${literal(text)},`),
    '  },',
    ...(parts.length > 0 ? ['  body,'] : []),
    ...(body === null
      ? []
      : value === null
        ? [`  body: ${literal(body)},`]
        : [`  body: JSON.stringify(${indented(value, '  ')}),`]),
    '})',
    method === 'HEAD'
      ? 'console.log(response.status)'
      : 'console.log(response.status, await response.text())',
  ]
  return lines.join('\n')
}

function pythonSample({ method, url, headers, body, parts }: SampleRequest): string {
  const value = parsedBody(body, jsonAs.python)
  const lines = [
    'import requests',
    '',
    'response = requests.request(',
    `    ${literal(method)},`,
    `    ${literal(url)},`,
    '    headers={',
    ...headers.map(([name, text]) => `        ${literal(name)}: ${literal(text)},`),
    '    },',
    // A list, because a name may come again; without a file's name a part is a plain value.
    ...(parts.length > 0 ? ['    files=['] : []),
    ...parts.map(({ name, value, isFile }) =>
      isFile
        ? `        (${literal(name)}, open(${literal(value)}, "rb")),`
        : `        (${literal(name)}, (None, ${literal(value)})),`,
    ),
    ...(parts.length > 0 ? ['    ],'] : []),
    ...(body === null
      ? []
      : value === null
        ? [`    data=${literal(body)}.encode(),`]
        : [`    json=${indented(value, '    ')},`]),
    ')',
    'print(response.status_code, response.text)',
  ]
  return lines.join('\n')
}

function goSample({ method, url, headers, body, parts }: SampleRequest): string {
  const isForm = parts.length > 0
  const hasFile = parts.some(({ isFile }) => isFile)
  const packages = [
    ...(isForm ? ['bytes'] : []),
    'fmt',
    'io',
    ...(isForm ? ['mime/multipart'] : []),
    'net/http',
    ...(hasFile ? ['os'] : []),
    ...(body === null ? [] : ['strings']),
  ]
  const sent = isForm ? '&body' : body === null ? 'nil' : 'body'
  const lines = [
    'package main',
    '',
    'import (',
    ...packages.map((name) => `\t"${name}"`),
    ')',
    '',
    'func main() {',
    ...(isForm ? goForm(parts) : []),
    ...(body === null ? [] : [`\tbody := strings.NewReader(${goText(body)})`]),
    `\trequest, err := http.NewRequest(${literal(method)}, ${literal(url)}, ${sent})`,
    ...stopOnError,
    ...headers.map(([name, text]) => `\trequest.Header.Set(${literal(name)}, ${literal(text)})`),
    ...(isForm ? ['\trequest.Header.Set("Content-Type", form.FormDataContentType())'] : []),
    '\tresponse, err := http.DefaultClient.Do(request)',
    ...stopOnError,
    '\tdefer response.Body.Close()',
    '\tanswer, err := io.ReadAll(response.Body)',
    ...stopOnError,
    '\tfmt.Println(response.Status, string(answer))',
    '}',
  ]
  return lines.join('\n')
}

/** Each file in a block of its own: its names are used again. */
function goForm(parts: SampleRequest['parts']): string[] {
  return [
    '\tvar body bytes.Buffer',
    '\tform := multipart.NewWriter(&body)',
    ...parts.flatMap(({ name, value, isFile }) =>
      isFile
        ? [
            '\t{',
            `\t\tfile, err := os.Open(${literal(value)})`,
            ...stopOnError.map((line) => `\t${line}`),
            `\t\tpart, _ := form.CreateFormFile(${literal(name)}, ${literal(value)})`,
            '\t\tio.Copy(part, file)',
            '\t\tfile.Close()',
            '\t}',
          ]
        : [`\tform.WriteField(${literal(name)}, ${literal(value)})`],
    ),
    '\tform.Close()',
  ]
}

const stopOnError = ['\tif err != nil {', '\t\tpanic(err)', '\t}']

/** Raw between backticks where Go keeps every character of it: it drops carriage returns and refuses some controls. */
function goText(text: string): string {
  return /[`\r\ufeff]|[^\P{Cc}\n\t]/u.test(text) ? literal(text) : `\`${text}\``
}
