// Codes of authenticator apps: RFC 6238 with SHA-1, 30 seconds and six digits, the one variant that every app knows.
// A code is compared in constant time; that it is used once is decided in D1.
import { decodeBase32IgnorePadding, encodeBase32UpperCaseNoPadding } from '@oslojs/encoding'
import { createTOTPKeyURI, verifyHOTP } from '@oslojs/otp'
import type { TotpTools } from '~/domain/kernel/context'

const digits = 6
const periodSeconds = 30
/** RFC 4226 §4 recommends 160 bits. */
const secretBytes = 20

export const totpTools: TotpTools = {
  newSecret() {
    return encodeBase32UpperCaseNoPadding(crypto.getRandomValues(new Uint8Array(secretBytes)))
  },
  stepOfCode(secret, code, steps) {
    const key = decodeBase32IgnorePadding(secret)
    const matching = steps.filter((step) => verifyHOTP(key, BigInt(step), digits, code))
    return matching.length > 0 ? Math.max(...matching) : null
  },
}

/** What the QR code says: apps show `issuer` and `account` beside the code. */
export function totpKeyUri(secret: string, issuer: string, account: string): string {
  return createTOTPKeyURI(issuer, account, decodeBase32IgnorePadding(secret), periodSeconds, digits)
}
