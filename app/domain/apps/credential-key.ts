// How an API key looks: /prt_live_[0-9A-Za-z]{38}/, of which the last six characters are a checksum.
import { isWellFormedKey, keyHint, newSecretKey } from '~/domain/kernel/secret-key'

const prefix = 'prt_live_'

export function newApiKey(): string {
  return newSecretKey(prefix)
}

/** True for a text that `newApiKey` could have made. */
export function isWellFormedApiKey(text: string): boolean {
  return isWellFormedKey(prefix, text)
}

/** What is shown of a key that stays hidden: its last four characters. */
export function apiKeyHint(key: string): string {
  return keyHint(key)
}
