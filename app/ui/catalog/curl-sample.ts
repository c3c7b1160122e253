// A call of one operation to paste into a shell: the viewer's base URL, examples from the document, quoted safely.
import type { Operation } from '~/domain/catalog/operation'

export function curlSample({ method, path, detail }: Operation, baseUrl: string): string {
  // Not {name}: curl reads braces as a choice of several addresses.
  const filled = path.replace(/\{([^}]+)\}/g, (_placeholder, name: string) => {
    const example = detail.parameters.find(
      (parameter) => parameter.in === 'path' && parameter.name === name,
    )?.example
    return example ? encode(example) : placeholderFor(name)
  })
  const query = detail.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, example }) => `${encode(name)}=${example ? encode(example) : placeholderFor(name)}`)
    .join('&')
  const lines = [
    `curl ${quote(`${baseUrl}${filled}${query ? `?${query}` : ''}`)}`,
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : [`-X ${method}`]),
    `-H 'Authorization: Bearer YOUR_API_KEY'`,
  ]
  const body = detail.requestBody?.bodies[0]
  if (body) lines.push(`-H ${quote(`Content-Type: ${body.contentType}`)}`)
  if (body?.example) lines.push(`--data-raw ${quote(body.example)}`)
  return lines.join(' \\\n  ')
}

/** Half of a surrogate pair, which a document may hold, has no encoding. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}

/** `paymentId` as PAYMENT_ID: what the reader replaces. */
function placeholderFor(name: string): string {
  return encode(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase())
}

/** POSIX shells take everything literally between single quotes but a single quote. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
