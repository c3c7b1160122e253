// Fetches the document of an API from an address that an admin gave: a public web server, without following redirects, up to
// 5 MB and for 10 s at most. What is refused is refused before anything is sent.
import { documentAddressProblem, type OwnOrigins } from '~/domain/catalog/public-address'
import { maxDocumentBytes } from '~/domain/catalog/read-json-or-yaml'
import { readUpTo } from './read-up-to'

const timeoutMs = 10_000

type Fetched = { ok: true; text: string } | { ok: false; problem: string }

type Options = { fetcher?: typeof fetch; timeoutMs?: number }

export async function fetchDocument(
  address: string,
  own: OwnOrigins,
  options: Options = {},
): Promise<Fetched> {
  const refused = documentAddressProblem(address, own)
  if (refused) return { ok: false, problem: refused }
  const abort = new AbortController()
  // Runs until the last byte: a server that sends a byte a second is cut off as well.
  const timer = setTimeout(() => abort.abort(), options.timeoutMs ?? timeoutMs)
  try {
    const response = await (options.fetcher ?? fetch)(new URL(address.trim()).href, {
      redirect: 'manual',
      cache: 'no-store',
      headers: {
        accept: 'application/json, application/yaml, text/yaml, text/plain;q=0.8, */*;q=0.5',
        'user-agent': 'Portico',
      },
      signal: abort.signal,
    })
    return await readDocument(response)
  } catch {
    return {
      ok: false,
      problem: abort.signal.aborted
        ? 'The server took more than 10 seconds. Download the document and upload it here.'
        : 'The server cannot be reached. Check the address.',
    }
  } finally {
    clearTimeout(timer)
    // Whatever was not read is not waited for.
    abort.abort()
  }
}

async function readDocument(response: Response): Promise<Fetched> {
  if (response.status >= 300 && response.status < 400)
    return {
      ok: false,
      problem:
        'The server sends on to another address, which is not followed. Enter the address where the document is.',
    }
  if (!response.ok)
    return {
      ok: false,
      problem: `The server answered ${response.status}. The document must be open to anybody.`,
    }
  const bytes = await readUpTo(response, maxDocumentBytes)
  if (!bytes) return { ok: false, problem: 'The document has more than 5 MB. Split it into several APIs.' }
  const text = decoded(bytes)
  if (text === null)
    return { ok: false, problem: 'This is not a text. Enter the address of a JSON or YAML file.' }
  if (/^\uFEFF?\s*</.test(text))
    return { ok: false, problem: 'This is a web page. Enter the address of the JSON or YAML file itself.' }
  return { ok: true, text }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
