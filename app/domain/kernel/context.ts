// What every command and query is given: database, clock, actor, and the few tools whose keys live in the platform.
import type { Database } from '~db/client'
import type { Actor } from './actor'
import type { EventId, Id, OrganizationId } from './ids'
import type { Result } from './result'

/** Password hashing (scrypt). Slow on purpose: call it after the limits. Fails when too many wait for it already. */
export type PasswordTools = {
  hash(password: string): Promise<Result<string>>
  /** `hash: null` does the same work and answers false, so that an unknown account takes as long as a known one. */
  matches(password: string, hash: string | null): Promise<Result<boolean>>
  needsRehash(hash: string): boolean
}

/** Encrypts what must be shown again (AES-256-GCM). `context` binds the text to its row: another row cannot open it. */
export type Vault = {
  seal(plaintext: string, context: string): Promise<string>
  open(sealed: string, context: string): Promise<string>
  /** Of keys that open but do not seal any more. */
  olderVersions(): string[]
}

/** One-time tokens: the payload lives in KV under the token's SHA-256, for a time. D1 decides that it is used once. */
export type TokenStore = {
  issue(purpose: TokenPurpose, payload: TokenPayload, ttlSeconds: number): Promise<string>
  /** Null when unknown or over. Reading never consumes. Throws when KV is down: "try again", never "invalid". */
  read(purpose: TokenPurpose, token: string): Promise<TokenPayload | null>
  /** The key under which a use is marked in D1. */
  hash(token: string): Promise<string>
  /** Best effort: D1 has already decided. */
  discard(purpose: TokenPurpose, token: string): Promise<void>
}

/** Codes of authenticator apps (RFC 6238). A step is a period of 30 seconds, counted since 1970. */
export type TotpTools = {
  /** 160 random bits, in base32. */
  newSecret(): string
  /** The newest of `steps` whose code this is; null when it is the code of none. */
  stepOfCode(secret: string, code: string, steps: readonly number[]): number | null
}

/** The check of what authenticators answer (WebAuthn). Every refusal, whatever was wrong, is null. */
export type PasskeyTools = {
  /** Whose answer it says to be, before anything is checked. */
  readAnswer(answer: string): { credentialId: string; userHandle: string | null } | null
  verifyEnrolment(
    answer: string,
    challenge: string,
  ): Promise<{
    credentialId: string
    publicKey: string
    signCount: number
    transports: string[]
    backedUp: boolean
  } | null>
  verifyAnswer(
    answer: string,
    challenge: string,
    passkey: { credentialId: string; publicKey: string; signCount: number },
  ): Promise<{ signCount: number; backedUp: boolean } | null>
}

export type TokenPurpose = 'password_reset' | 'invitation' | 'email_verification' | 'email_change'
export type TokenPayload = { userId: Id<'usr'>; version: number; expiresAt: number; email?: string }

/** Markdown to HTML that is safe to show: sanitized when it is stored, not when it is read. */
export type MarkdownTools = { render(text: string): string }

export type RequestSource = { ip: string | null; country: string | null; userAgent: string | null }

export type DomainContext<A extends Actor = Actor> = {
  db: Database
  /** The time of this request in ms since 1970. One request has one time. */
  now: number
  actor: A
  requestId: string
  source: RequestSource
  /** Where the portal answers, without a slash at the end. From configuration, never from the request's Host. */
  origin: string
  /** Where the gateway answers, which may be a hostname of its own. Without a slash at the end. */
  gatewayOrigin: string
  passwords: PasswordTools
  vault: Vault
  tokens: TokenStore
  totp: TotpTools
  passkeys: PasskeyTools
  markdown: MarkdownTools
  /** Tells the platform that an event was committed, so that its message is queued. Losing the call loses nothing: cron finds it. */
  announce(eventId: EventId): void
  /** Tells the gateway that a credential was changed: at once in this isolate, then its object. Other leases end within seconds. */
  forgetCredential(credentialId: Id<'crd'>): void
  /** The same for every credential of an organization, however many they are. */
  forgetOrganization(organizationId: OrganizationId): void
}
