// A call to paste into a shell, quoted so that the shell reads it letter for letter.
import type { SampleRequest } from './sample-request'

export function curlSample({ method, url, headers, body }: SampleRequest): string {
  const lines = [
    `curl ${quote(url)}`,
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : [`-X ${method}`]),
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
  ]
  if (body !== null) lines.push(`--data-raw ${quote(body)}`)
  return lines.join(' \\\n  ')
}

/** POSIX shells take everything literally between single quotes but a single quote. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
