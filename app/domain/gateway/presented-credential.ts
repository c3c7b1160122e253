// Which key a call presents: in `Authorization: Bearer` or in `X-API-Key`, one key only, never in the address.
// Says no by looking alone: a text that cannot be a key costs no lookup and no hash.
import { isWellFormedApiKey } from '~/domain/apps/credential-key'

export type PresentedCredential =
  | { ok: true; key: string }
  | { ok: false; code: 'missing_credential' | 'invalid_credential'; detail: string }

const howToSend = 'Send your API key as "Authorization: Bearer <key>" or "X-API-Key: <key>".'

export function presentedCredential(headers: Headers, url: URL): PresentedCredential {
  if (holdsKey(url)) {
    return refused(
      'An API key was found in the address, where logs and proxies can read it. Rotate that key. ' +
        howToSend,
    )
  }
  const authorization = headers.get('authorization')?.trim() ?? ''
  const bearer = /^bearer(?:[ \t]+|$)/i.exec(authorization)
  // A header that came twice reads as one, with a comma between: no key has one.
  const fromBearer = bearer ? authorization.slice(bearer[0].length).split(',') : []
  const fromHeader = headers.get('x-api-key')?.split(',') ?? []
  const keys = new Set([...fromBearer, ...fromHeader].map((part) => part.trim()))

  const [key] = keys
  if (key === undefined) {
    return { ok: false, code: 'missing_credential', detail: `This call carries no API key. ${howToSend}` }
  }
  if (keys.size > 1) return refused('This call carries two different credentials. Send one API key.')
  if (!isWellFormedApiKey(key)) {
    return refused('This is not a complete API key. Copy it again from your app in the developer portal.')
  }
  return { ok: true, key }
}

function refused(detail: string): PresentedCredential {
  return { ok: false, code: 'invalid_credential', detail }
}

function holdsKey(url: URL): boolean {
  const text = url.pathname + url.search
  return looksLikeKey.test(text) || (text.includes('%') && looksLikeKey.test(decoded(text)))
}

const looksLikeKey = /prt_live_[0-9A-Za-z]{38}/

function decoded(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
