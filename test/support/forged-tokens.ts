// Access tokens that this portal did not issue, made part by part.
import { encodeBase64urlNoPadding } from '@oslojs/encoding'

const bytes = (text: string) => new TextEncoder().encode(text)

export function part(value: unknown): string {
  return encodeBase64urlNoPadding(bytes(typeof value === 'string' ? value : JSON.stringify(value)))
}

export function partsOf(token: string): {
  header: Record<string, unknown>
  payload: Record<string, unknown>
} {
  const [header = '', payload = ''] = token.split('.')
  const read = (text: string) =>
    JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>
  return { header: read(header), payload: read(payload) }
}

type Sign = (signed: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>

/** A token of these parts, signed by `sign`. */
export async function forged(header: unknown, payload: unknown, sign: Sign): Promise<string> {
  const signed = `${part(header)}.${part(payload)}`
  return `${signed}.${encodeBase64urlNoPadding(new Uint8Array(await sign(bytes(signed))))}`
}

export function newKeyPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]) as Promise<CryptoKeyPair>
}

export function signedBy(key: CryptoKey): Sign {
  return (signed) => crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, signed)
}

/** HMAC under a text: what a careless verifier does with a public key (RFC 8725 §2.1). */
export async function macBy(secret: string): Promise<Sign> {
  const key = await crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  return (signed) => crypto.subtle.sign('HMAC', key, signed)
}
