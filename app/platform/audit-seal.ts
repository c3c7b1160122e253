// The key of the audit log's seals: derived from VAULT_KEYS (HKDF, RFC 5869), so that it is in no table, and one for each
// version of it. An entry of a version that is gone is proven by the next one whose key is known.
import { encodeHexLowerCase } from '@oslojs/encoding'
import type { SealTools } from '~/domain/notifications/audit-chain'
import { sha256Hex } from './encoding'
import { vaultKeys } from './vault'

const purpose = new TextEncoder().encode('portico audit log')

/** `keys` is the secret VAULT_KEYS. */
export function sealTools(keys: string | undefined): SealTools {
  const known = vaultKeys(keys)
  const derived = new Map<string, Promise<CryptoKey>>()

  function keyOf(version: string): Promise<CryptoKey> | null {
    const entry = known.find((candidate) => candidate.version === version)
    if (!entry) return null
    const key = derived.get(version) ?? derive(entry.bytes)
    derived.set(version, key)
    return key
  }

  async function mac(hash: string, key: CryptoKey): Promise<string> {
    const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(hash))
    return encodeHexLowerCase(new Uint8Array(signed))
  }

  return {
    sha256: sha256Hex,
    async sign(hash) {
      const newest = known[0]
      const key = newest && keyOf(newest.version)
      if (!newest || !key) throw new Error('VAULT_KEYS is not set')
      return { keyVersion: newest.version, mac: await mac(hash, await key) }
    },
    async verify(hash, seal) {
      const key = keyOf(seal.keyVersion)
      return key && (await mac(hash, await key)) === seal.mac
    },
  }
}

async function derive(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: purpose },
    material,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign'],
  )
}
