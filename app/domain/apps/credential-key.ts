// How what an app holds looks: an API key is /prt_live_[0-9A-Za-z]{38}/, the secret of an OAuth client
// /prt_secret_[0-9A-Za-z]{38}/, and its public ID /prt_client_[0-9A-Za-z]{38}/. The last six characters are a checksum.
import { isWellFormedKey, keyHint, newSecretKey } from '~/domain/kernel/secret-key'

const prefix = 'prt_live_'
const secretPrefix = 'prt_secret_'
const clientPrefix = 'prt_client_'

export function newApiKey(): string {
  return newSecretKey(prefix)
}

/** True for a text that `newApiKey` could have made. */
export function isWellFormedApiKey(text: string): boolean {
  return isWellFormedKey(prefix, text)
}

export function newClientSecret(): string {
  return newSecretKey(secretPrefix)
}

export function isWellFormedClientSecret(text: string): boolean {
  return isWellFormedKey(secretPrefix, text)
}

/** The name under which a client is known to everybody: as long and as random as its secret, so that it is never met twice. */
export function newClientId(): string {
  return newSecretKey(clientPrefix)
}

export function isWellFormedClientId(text: string): boolean {
  return isWellFormedKey(clientPrefix, text)
}

/** What is shown of a key that stays hidden: its last four characters. */
export function apiKeyHint(key: string): string {
  return keyHint(key)
}
