// What a client sends to the token endpoint, read as RFC 6749 says (§2.3.1, §3.2, §4.4.2): the parameters in the body,
// each once, and the client's ID and secret in one of two places. Every refusal is one of §5.2.
import { isWellFormedClientId, isWellFormedClientSecret } from '~/domain/apps/credential-key'

export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'temporarily_unavailable'

export type OAuthError = { error: OAuthErrorCode; description: string }

export type TokenRequest = { clientId: string; secret: string; scope: string[] | null }

/** `body` is null when it was too long to be read. */
export type SentRequest = {
  authorization: string | null
  contentType: string | null
  query: string
  body: string | null
}

type Read<T> = ({ ok: true } & T) | ({ ok: false } & OAuthError)

export function readTokenRequest(sent: SentRequest): Read<{ request: TokenRequest }> {
  if (sent.query !== '') return invalid('Send the parameters in the body, not in the address.')
  if (sent.contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
    return invalid('The body must be application/x-www-form-urlencoded.')
  if (sent.body === null) return invalid('The body is too long.')
  const all = [...new URLSearchParams(sent.body)]
  if (new Set(all.map(([name]) => name)).size < all.length)
    return invalid('A parameter was sent more than once.')
  // A parameter without a value counts as not sent (§3.2).
  const sentParameters = new Map(all.filter(([, value]) => value !== ''))

  const grantType = sentParameters.get('grant_type')
  if (grantType === undefined) return invalid('The parameter grant_type is missing.')
  const client = readClient(sent.authorization, sentParameters)
  if (!client.ok) return client
  if (grantType !== 'client_credentials') {
    return refused('unsupported_grant_type', 'This server grants client_credentials only.')
  }
  const scope = readScope(sentParameters.get('scope'))
  if (scope === 'malformed')
    return refused('invalid_scope', 'The scope is not a list of names with one space between.')
  return { ok: true, request: { clientId: client.clientId, secret: client.secret, scope } }
}

const unknownClient = 'The client ID or the secret is wrong.'

function readClient(
  authorization: string | null,
  parameters: ReadonlyMap<string, string>,
): Read<{ clientId: string; secret: string }> {
  const [bodyId, bodySecret] = [parameters.get('client_id'), parameters.get('client_secret')]
  if (parameters.has('client_assertion') || parameters.has('client_assertion_type'))
    return invalid('Client assertions are not supported. Send the client ID and the secret.')
  if (authorization !== null && bodySecret !== undefined)
    return invalid('The client authenticates in two ways. Use the Authorization header or the body.')
  const basic = authorization === null ? null : readBasic(authorization)
  if (authorization !== null && basic === null)
    return refused('invalid_client', 'The Authorization header is not "Basic" with a client ID and a secret.')
  if (basic && bodyId !== undefined && bodyId !== basic.clientId)
    return invalid('The client ID of the body is another one than that of the Authorization header.')
  const clientId = basic?.clientId ?? bodyId
  const secret = basic?.secret ?? bodySecret
  if (clientId === undefined || secret === undefined) {
    return refused(
      'invalid_client',
      'Send the client ID and the secret, in an Authorization header or in the body.',
    )
  }
  // Seen without a look into the database: a mistyped one costs nothing.
  if (!isWellFormedClientId(clientId) || !isWellFormedClientSecret(secret))
    return refused('invalid_client', unknownClient)
  return { ok: true, clientId, secret }
}

/** Both parts are form-encoded before they are joined (§2.3.1). Null when it is no such header. */
function readBasic(header: string): { clientId: string; secret: string } | null {
  const token = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header.trim())?.[1]
  if (token === undefined) return null
  try {
    const text = atob(token)
    const at = text.indexOf(':')
    if (at < 0) return null
    const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))
    return { clientId: decode(text.slice(0, at)), secret: decode(text.slice(at + 1)) }
  } catch {
    return null
  }
}

/** §3.3: names of printable ASCII without quotes and backslashes, one space between. */
function readScope(text: string | undefined): string[] | null | 'malformed' {
  if (text === undefined) return null
  const names = text.split(' ')
  return names.every((name) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name)) ? [...new Set(names)] : 'malformed'
}

function invalid(description: string): { ok: false } & OAuthError {
  return refused('invalid_request', description)
}

function refused(error: OAuthErrorCode, description: string): { ok: false } & OAuthError {
  return { ok: false, error, description }
}
