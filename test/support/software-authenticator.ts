// An authenticator in software, for tests: makes a passkey (ES256, no attestation) and signs challenges with it, as honest
// or as false as a test wants it.
import { encodeBase64urlNoPadding } from '@oslojs/encoding'
import type { Id } from '~/domain/kernel/ids'
import type { passkeys } from '~db/schema'
import { passkey } from './second-factors'

type Lies = {
  origin?: string
  rpId?: string
  challenge?: string
  signCount?: number
  /** Flags of the authenticator data; 0x05 is present and verified. */
  flags?: number
  userHandle?: string
}

const encoder = new TextEncoder()

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** The head of a CBOR byte string (RFC 8949). */
function cborBytes(bytes: Uint8Array): Uint8Array {
  const head =
    bytes.length < 24
      ? [0x40 + bytes.length]
      : bytes.length < 256
        ? [0x58, bytes.length]
        : [0x59, bytes.length >> 8, bytes.length & 255]
  return joined(Uint8Array.from(head), bytes)
}

function cborText(text: string): Uint8Array {
  return joined(Uint8Array.from([0x60 + text.length]), encoder.encode(text))
}

/** ECDSA signatures of Web Crypto are two numbers side by side; WebAuthn wants them in DER. */
function der(signature: Uint8Array): Uint8Array {
  const number = (bytes: Uint8Array) => {
    const start = bytes.findIndex((byte) => byte !== 0)
    const plain = bytes.slice(start)
    const positive = (plain[0] ?? 0) > 127 ? joined(Uint8Array.from([0]), plain) : plain
    return joined(Uint8Array.from([2, positive.length]), positive)
  }
  const body = joined(number(signature.slice(0, 32)), number(signature.slice(32)))
  return joined(Uint8Array.from([0x30, body.length]), body)
}

export async function softwareAuthenticator(userId: string) {
  const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const point = new Uint8Array((await crypto.subtle.exportKey('raw', keys.publicKey)) as ArrayBuffer)
  // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const publicKey = joined(
    Uint8Array.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(point.slice(1, 33)),
    Uint8Array.from([0x22]),
    cborBytes(point.slice(33)),
  )
  const rawId = crypto.getRandomValues(new Uint8Array(16))
  const id = encodeBase64urlNoPadding(rawId)
  let counter = 0

  async function authenticatorData(lies: Lies, attested: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const flags = (lies.flags ?? 0x05) | (attested.length > 0 ? 0x40 : 0)
    const count = lies.signCount ?? counter
    return joined(
      await sha256(encoder.encode(lies.rpId ?? 'portal.test')),
      Uint8Array.from([flags, count >> 24, (count >> 16) & 255, (count >> 8) & 255, count & 255]),
      attested,
    )
  }

  function clientData(type: string, challenge: string, lies: Lies): Uint8Array<ArrayBuffer> {
    return encoder.encode(
      JSON.stringify({
        type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? 'https://portal.test',
        crossOrigin: false,
      }),
    )
  }

  const shared = { id, rawId: id, type: 'public-key', clientExtensionResults: {} }
  return {
    credentialId: id,
    publicKey: encodeBase64urlNoPadding(publicKey),
    /** The answer to an enrolment. */
    async make(challenge: string, lies: Lies = {}): Promise<string> {
      const attested = joined(new Uint8Array(16), Uint8Array.from([0, rawId.length]), rawId, publicKey)
      const data = await authenticatorData(lies, attested)
      const attestation = joined(
        Uint8Array.from([0xa3]),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        Uint8Array.from([0xa0]),
        cborText('authData'),
        cborBytes(data),
      )
      return JSON.stringify({
        ...shared,
        response: {
          clientDataJSON: encodeBase64urlNoPadding(clientData('webauthn.create', challenge, lies)),
          attestationObject: encodeBase64urlNoPadding(attestation),
          transports: ['internal'],
        },
      })
    },
    /** The answer to a log-in; each one counts on. */
    async sign(challenge: string, lies: Lies = {}): Promise<string> {
      counter += 1
      const data = await authenticatorData(lies, new Uint8Array())
      const client = clientData('webauthn.get', challenge, lies)
      const signed = joined(data, await sha256(client))
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, signed)
      return JSON.stringify({
        ...shared,
        response: {
          clientDataJSON: encodeBase64urlNoPadding(client),
          authenticatorData: encodeBase64urlNoPadding(data),
          signature: encodeBase64urlNoPadding(der(new Uint8Array(signature))),
          userHandle: encodeBase64urlNoPadding(encoder.encode(lies.userHandle ?? userId)),
        },
      })
    },
  }
}

/** Somebody's passkey in the database, and the authenticator that holds it. */
export async function enrolledAuthenticator(
  user: { userId: Id<'usr'> },
  changes: Partial<typeof passkeys.$inferInsert> = {},
) {
  const authenticator = await softwareAuthenticator(user.userId)
  const { credentialId, publicKey } = authenticator
  const passkeyId = await passkey(user, { credentialId, publicKey, ...changes })
  return { ...authenticator, passkeyId }
}
