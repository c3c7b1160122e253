// What this isolate knows of credentials. It may vanish at any time, and runs out by itself.
// What is known is a lease: it ends at its time, counted from before the question was asked, so a revocation that has
// happened is seen at the latest when that time is over; here, `forgetCredential` makes it be seen at once.
import type { CredentialSnapshot } from '~/domain/gateway/snapshot'
import { copyForMs } from './credential-record'
import { createLru } from './gateway-lru'

/**
 * Whatever stops a credential must act within 10 s everywhere. Four are the isolate's, four are those of the copy that the
 * credential's object may answer with where nobody told it of the change; the rest is room.
 */
export const knownForMs = 4000
/** A few kilobytes each, of the 128 MB that an isolate has. */
const knownCredentials = 5000
/** Hashes that are no credential's: kept apart, so that guesses never push out what is in use. */
const knownStrangers = 5000
/** One lookup serves all calls that wait for it; if the request that asks dies, another one asks. */
const patienceMs = 3000

/** `fresh`: something was changed here, and a copy elsewhere may be from before. */
type Lookup = (secretHash: string, fresh: boolean) => Promise<CredentialSnapshot | null>
type Known<T> = { value: T; until: number }

export type CredentialCache = {
  /** `keepAlive` keeps a lookup running that others may wait for, when the request that began it is gone. */
  find(
    secretHash: string,
    lookup: Lookup,
    keepAlive: (work: Promise<unknown>) => void,
  ): Promise<CredentialSnapshot | null>
  forget(credentialId: string): void
  /** Looks through what is known, at most a few thousand, and asks nobody. */
  forgetOrganization(organizationId: string): void
}

export function createCredentialCache(): CredentialCache {
  const hashes = new Map<string, string>()
  const credentials = createLru<string, Known<CredentialSnapshot>>(knownCredentials, (_, { value }) =>
    hashes.delete(value.credentialId),
  )
  const strangers = createLru<string, Known<null>>(knownStrangers)
  /** Hashes that are being looked up, and since when (ms). */
  const running = new Map<string, number>()
  let forgotten = 0
  let distrustUntil = 0

  function recall(secretHash: string): Known<CredentialSnapshot | null> | undefined {
    const known = credentials.get(secretHash) ?? strangers.get(secretHash)
    return known && known.until > Date.now() ? known : undefined
  }

  function remember(secretHash: string, value: CredentialSnapshot | null, until: number): void {
    if (value) {
      credentials.set(secretHash, { value, until })
      hashes.set(value.credentialId, secretHash)
    } else {
      credentials.delete(secretHash)
      strangers.set(secretHash, { value, until })
    }
  }

  async function ask(secretHash: string, lookup: Lookup): Promise<CredentialSnapshot | null> {
    for (;;) {
      const [until, before] = [Date.now() + knownForMs, forgotten]
      const snapshot = await lookup(secretHash, Date.now() < distrustUntil)
      // Something was revoked here while the database answered: the answer may be from before.
      if (forgotten !== before) continue
      remember(secretHash, snapshot, until)
      return snapshot
    }
  }

  function forget(credentialId: string): void {
    distrust()
    const secretHash = hashes.get(credentialId)
    if (secretHash !== undefined) credentials.delete(secretHash)
    hashes.delete(credentialId)
  }

  function distrust(): void {
    forgotten += 1
    distrustUntil = Date.now() + copyForMs
  }

  return {
    async find(secretHash, lookup, keepAlive) {
      for (;;) {
        const known = recall(secretHash)
        if (known) return known.value
        const since = running.get(secretHash)
        if (since === undefined || Date.now() - since > patienceMs) break
        await pollPause()
      }
      const started = Date.now()
      running.set(secretHash, started)
      const own = ask(secretHash, lookup).finally(() => {
        if (running.get(secretHash) === started) running.delete(secretHash)
      })
      keepAlive(own.catch(() => null))
      return own
    },
    forget,
    forgetOrganization(organizationId) {
      distrust()
      for (const { value } of [...credentials.values()])
        if (value.organizationId === organizationId) forget(value.credentialId)
    },
  }
}

/**
 * How calls wait for what another call fetches: by looking again. A promise of one request must not be awaited in
 * another: workerd ties it to the request that made it, and ends with it.
 */
export function pollPause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 2)
  })
}

export const credentialCache = createCredentialCache()

/** For what changes a credential in this isolate: the very next call asks the database again. */
export function forgetCredential(credentialId: string): void {
  credentialCache.forget(credentialId)
}

/** For what changes an organization: its credentials are asked for again. */
export function forgetOrganization(organizationId: string): void {
  credentialCache.forgetOrganization(organizationId)
}
