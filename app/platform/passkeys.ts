// Passkeys (WebAuthn Level 3): the questions that browsers put to authenticators, and the check of their answers. Host and
// origin come from the portal's configuration, never from the request; the person must be verified by the device each time.
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from '@oslojs/encoding'
import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { PasskeyQuestion } from '~/domain/accounts/passkey'
import type { PasskeyTools } from '~/domain/kernel/context'

/** EdDSA, ES256 and RS256 as COSE numbers: what the authenticators of today speak. */
const algorithms = [-8, -7, -257]
const timeoutMs = 5 * 60_000

const transportNames = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
type Transport = (typeof transportNames)[number]

const text = z.string().max(20_000)
const answerSchema = z.looseObject({
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}),
  response: z.looseObject({ userHandle: text.optional(), transports: z.array(text).max(10).optional() }),
})

function readJson(answer: string): z.output<typeof answerSchema> | null {
  try {
    return answerSchema.parse(JSON.parse(answer))
  } catch {
    return null
  }
}

/** `origin` is the portal's own, from its configuration. */
export function passkeyTools(origin: string): PasskeyTools {
  const expected = {
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
  }
  return {
    readAnswer(answer) {
      const read = readJson(answer)
      return read ? { credentialId: read.id, userHandle: readHandle(read.response.userHandle) } : null
    },
    async verifyEnrolment(answer, challenge) {
      const response = readJson(answer)
      if (!response) return null
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        ...expected,
        response: response as unknown as RegistrationResponseJSON,
        expectedChallenge: challenge,
        supportedAlgorithmIDs: algorithms,
      }).catch(refused)
      if (!verified || !registrationInfo) return null
      const { credential, credentialBackedUp } = registrationInfo
      return {
        credentialId: credential.id,
        publicKey: encodeBase64urlNoPadding(credential.publicKey),
        signCount: credential.counter,
        transports: (response.response.transports ?? []).filter(isTransport),
        backedUp: credentialBackedUp,
      }
    },
    async verifyAnswer(answer, challenge, passkey) {
      const response = readJson(answer)
      if (!response) return null
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...expected,
        response: response as unknown as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        credential: {
          id: passkey.credentialId,
          publicKey: Uint8Array.from(decodeBase64urlIgnorePadding(passkey.publicKey)),
          counter: passkey.signCount,
        },
      }).catch(refused)
      if (!verified || !authenticationInfo) return null
      return { signCount: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp }
    },
  }
}

/** The library throws whatever is wrong with an answer; to the portal all of it is one refusal. */
function refused() {
  return { verified: false, registrationInfo: undefined, authenticationInfo: undefined } as const
}

function isTransport(name: string): name is Transport {
  return (transportNames as readonly string[]).includes(name)
}

/** The id of the user, as enrolment gave it to the authenticator. */
function readHandle(handle: string | undefined): string | null {
  try {
    return handle ? new TextDecoder().decode(decodeBase64urlIgnorePadding(handle)) : null
  } catch {
    return null
  }
}

function descriptors(known: PasskeyQuestion['known']) {
  return known.map(({ id, transports }) => ({
    id,
    type: 'public-key' as const,
    transports: transports.filter(isTransport),
  }))
}

export function enrolmentOptions(
  origin: string,
  portalName: string,
  user: { userId: string; name: string; email: string },
  question: PasskeyQuestion,
): PublicKeyCredentialCreationOptionsJSON {
  return {
    rp: { id: new URL(origin).hostname, name: portalName },
    user: {
      id: encodeBase64urlNoPadding(new TextEncoder().encode(user.userId)),
      name: user.email,
      displayName: user.name,
    },
    challenge: question.challenge,
    pubKeyCredParams: algorithms.map((alg) => ({ alg, type: 'public-key' })),
    timeout: timeoutMs,
    excludeCredentials: descriptors(question.known),
    // Kept on the authenticator, so that it can log in without a name being typed.
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'none',
  }
}

export function answerOptions(
  origin: string,
  question: PasskeyQuestion,
): PublicKeyCredentialRequestOptionsJSON {
  return {
    rpId: new URL(origin).hostname,
    challenge: question.challenge,
    timeout: timeoutMs,
    allowCredentials: descriptors(question.known),
    userVerification: 'required',
  }
}
