// A call to paste into a shell, quoted so that the shell reads it letter for letter.
import type { SampleRequest } from './sample-request'

/** `file` is the name of one whose content is the body. */
export function curlSample({
  method,
  url,
  headers,
  body,
  file,
}: SampleRequest & { file?: string | null }): string {
  const lines = [
    `curl ${quote(url)}`,
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : [`-X ${method}`]),
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
  ]
  if (body !== null) lines.push(`--data-raw ${quote(body)}`)
  else if (file) lines.push(`--data-binary ${quote(`@${file}`)}`)
  return lines.join(' \\\n  ')
}

/** POSIX shells take everything literally between single quotes but a single quote. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
