// What a call presents: an API key in `Authorization: Bearer` or in `X-API-Key`, or an access token in the former; one
// only, never in the address. Says no by looking alone: a text that can be neither costs no lookup and no hash.
import { isWellFormedApiKey, isWellFormedClientSecret } from '~/domain/apps/credential-key'

export type PresentedCredential =
  | { ok: true; kind: 'api_key' | 'access_token'; key: string }
  | { ok: false; code: 'missing_credential' | 'invalid_credential'; detail: string }

const howToSend =
  'Send your API key as "Authorization: Bearer <key>" or "X-API-Key: <key>", or an access token as "Authorization: Bearer <token>".'

/** More than any token that this portal issues. */
const longestToken = 8192

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
  if (keys.size > 1)
    return refused('This call carries two different credentials. Send one API key or one access token.')
  if (looksLikeToken(key)) {
    if (fromHeader.length > 0)
      return refused(
        'X-API-Key takes API keys only. Send an access token as "Authorization: Bearer <token>".',
      )
    if (isIn(url, key))
      return refused(
        'The access token is in the address too, where logs and proxies can read it. Send it in the header only.',
      )
    return { ok: true, kind: 'access_token', key }
  }
  if (isWellFormedClientSecret(key))
    return refused('This is the secret of an OAuth client. Exchange it for an access token at /oauth/token.')
  if (!isWellFormedApiKey(key)) {
    return refused('This is not a complete API key. Copy it again from your app in the developer portal.')
  }
  return { ok: true, kind: 'api_key', key }
}

function refused(detail: string): PresentedCredential {
  return { ok: false, code: 'invalid_credential', detail }
}

function holdsKey(url: URL): boolean {
  const text = url.pathname + url.search
  return looksLikeKey.test(text) || (text.includes('%') && looksLikeKey.test(decoded(text)))
}

const looksLikeKey = /prt_(?:live|secret)_[0-9A-Za-z]{38}/

/** Three parts in base64url: whether it is one of ours, and good, its signature says. */
function looksLikeToken(text: string): boolean {
  return text.length <= longestToken && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
}

function isIn(url: URL, text: string): boolean {
  return decoded(url.pathname + url.search).includes(text)
}

function decoded(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
