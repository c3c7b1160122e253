// Bytes and text: random tokens, SHA-256, base64url. For secrets only; ids come from the kernel.
import { encodeBase64urlNoPadding, encodeHexLowerCase } from '@oslojs/encoding'

const utf8 = new TextEncoder()

/** 256 random bits as base64url: 43 characters. */
export function randomToken(): string {
  return encodeBase64urlNoPadding(crypto.getRandomValues(new Uint8Array(32)))
}

/** SHA-256 of a text, in lower-case hex. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', utf8.encode(text))
  return encodeHexLowerCase(new Uint8Array(digest))
}

/** HMAC-SHA-256 in lower-case hex, of the parts one after the other. */
export async function hmacSha256Hex(
  secret: string,
  parts: readonly (string | Uint8Array)[],
): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['sign'])
  const signed = await crypto.subtle.sign('HMAC', key, await new Blob(parts as BlobPart[]).arrayBuffer())
  return encodeHexLowerCase(new Uint8Array(signed))
}
