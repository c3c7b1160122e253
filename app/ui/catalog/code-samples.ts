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

function javaScriptSample({ method, url, headers, body }: SampleRequest): string {
  const value = parsedBody(body, jsonAs.javaScript)
  const lines = [
    `const response = await fetch(${literal(url)}, {`,
    ...(method === 'GET' ? [] : [`  method: ${literal(method)},`]),
    '  headers: {',
    ...headers.map(([name, text]) => `    ${literal(name)}: ${literal(text)},`),
    '  },',
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

function pythonSample({ method, url, headers, body }: SampleRequest): string {
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

function goSample({ method, url, headers, body }: SampleRequest): string {
  const lines = [
    'package main',
    '',
    'import (',
    '\t"fmt"',
    '\t"io"',
    '\t"net/http"',
    ...(body === null ? [] : ['\t"strings"']),
    ')',
    '',
    'func main() {',
    ...(body === null ? [] : [`\tbody := strings.NewReader(${goText(body)})`]),
    `\trequest, err := http.NewRequest(${literal(method)}, ${literal(url)}, ${body === null ? 'nil' : 'body'})`,
    ...stopOnError,
    ...headers.map(([name, text]) => `\trequest.Header.Set(${literal(name)}, ${literal(text)})`),
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

const stopOnError = ['\tif err != nil {', '\t\tpanic(err)', '\t}']

/** Raw between backticks where Go keeps every character of it: it drops carriage returns and refuses some controls. */
function goText(text: string): string {
  return /[`\r\ufeff]|[^\P{Cc}\n\t]/u.test(text) ? literal(text) : `\`${text}\``
}
