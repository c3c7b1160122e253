// A call to paste into a shell, quoted so that the shell reads it letter for letter.
import type { SampleRequest } from './sample-request'

/** `file` is the name of one whose content is the body. */
export function curlSample({
  method,
  url,
  headers,
  body,
  file,
  parts,
}: SampleRequest & { file?: string | null }): string {
  const lines = [
    `curl ${quote(url)}`,
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : [`-X ${method}`]),
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
  ]
  if (body !== null) lines.push(`--data-raw ${quote(body)}`)
  else if (file) lines.push(`--data-binary ${quote(`@${file}`)}`)
  // --form-string takes a value literally, also one that begins with "@"; a file's name is quoted for curl itself.
  for (const { name, value, isFile } of parts)
    lines.push(
      isFile
        ? `-F ${quote(`${name}=@"${value.replace(/["\\]/g, '\\$&')}"`)}`
        : `--form-string ${quote(`${name}=${value}`)}`,
    )
  return lines.join(' \\\n  ')
}

/** POSIX shells take everything literally between single quotes but a single quote. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
