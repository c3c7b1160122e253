// Encrypts what must be shown again: AES-256-GCM, a random 96-bit nonce (NIST SP 800-38D), the row as associated data.
// Sealed text is `v<key version>.<base64url of nonce and ciphertext>`; several keys may be known, the first one seals.
import { decodeBase64, decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from '@oslojs/encoding'
import type { Vault } from '~/domain/kernel/context'

/** The entries of the secret VAULT_KEYS: "version:base64 of 32 bytes", newest first, separated by commas. */
export function vaultKeys(keys: string | undefined) {
  return (keys ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => {
      const [version = '', material = ''] = entry.split(':')
      const bytes = Uint8Array.from(decodeBase64(material))
      if (!/^\d+$/.test(version) || bytes.length !== 32)
        throw new Error('VAULT_KEYS has an entry that is not "version:base64 of 32 bytes"')
      return { version, bytes }
    })
}

/** `keys` is the secret VAULT_KEYS. */
export function createVault(keys: string | undefined): Vault {
  const known = vaultKeys(keys)
  const newest = known[0]

  async function key(version: string): Promise<CryptoKey> {
    const entry = known.find((candidate) => candidate.version === version)
    if (!entry) throw new Error(`VAULT_KEYS has no key of version ${version}`)
    return crypto.subtle.importKey('raw', entry.bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  }

  return {
    olderVersions: () => known.slice(1).map(({ version }) => version),
    async seal(plaintext, context) {
      if (!newest) throw new Error('VAULT_KEYS is not set')
      const nonce = crypto.getRandomValues(new Uint8Array(12))
      const ciphertext = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(context) },
        await key(newest.version),
        new TextEncoder().encode(plaintext),
      )
      const joined = new Uint8Array(nonce.length + ciphertext.byteLength)
      joined.set(nonce)
      joined.set(new Uint8Array(ciphertext), nonce.length)
      return `v${newest.version}.${encodeBase64urlNoPadding(joined)}`
    },
    async open(sealed, context) {
      const match = /^v(\d+)\.(.+)$/.exec(sealed)
      if (!match) throw new Error('not a sealed text')
      const bytes = decodeBase64urlIgnorePadding(match[2] ?? '')
      const plaintext = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: new TextEncoder().encode(context) },
        await key(match[1] ?? ''),
        bytes.slice(12),
      )
      return new TextDecoder().decode(plaintext)
    },
  }
}
