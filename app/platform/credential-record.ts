// The record of one credential as its Durable Object keeps it for all isolates: state, products, terms and limits, as D1
// has them. In memory only: a copy is soon too old to be worth a place on disk, so eviction loses nothing, and D1 is right.
import type { CredentialSnapshot } from '~/domain/gateway/snapshot'
import type { Id } from '~/domain/kernel/ids'

/** An API key is known by the SHA-256 of its secret, an OAuth client by the credential that its tokens name. */
export type RecordOf = { secretHash: string } | { credentialId: Id<'crd'> }

/** How long a copy is answered without a look into D1, counted from before it was read. */
export const copyForMs = 4000

export type CredentialRecord = {
  /** `fresh`: as of now, because something was changed where this is asked. */
  find(fresh: boolean): Promise<CredentialSnapshot | null>
  /** Something about the credential was changed. Said once or often, early or late, it means: look again. */
  changed(): void
}

/** A failure is an answer: what is thrown in an object would be logged as it is. */
export type RecordAnswer = { ok: true; snapshot: CredentialSnapshot | null } | { ok: false }

export function recordName(of: RecordOf): string {
  return 'secretHash' in of ? of.secretHash : of.credentialId
}

export function createCredentialRecord(read: () => Promise<CredentialSnapshot | null>): CredentialRecord {
  let copy: { snapshot: CredentialSnapshot | null; until: number } | null = null
  /** One look into D1 serves all that wait for it: within an object a promise may be shared. */
  let reading: Promise<CredentialSnapshot | null> | null = null
  let changes = 0

  function changed(): void {
    changes += 1
    copy = null
    reading = null
  }

  async function look(): Promise<CredentialSnapshot | null> {
    const [until, before] = [Date.now() + copyForMs, changes]
    try {
      const snapshot = await read()
      if (changes === before) copy = { snapshot, until }
      return snapshot
    } finally {
      if (changes === before) reading = null
    }
  }

  return {
    changed,
    async find(fresh) {
      if (fresh) changed()
      for (;;) {
        if (copy && Date.now() < copy.until) return copy.snapshot
        const before = changes
        reading ??= look()
        const snapshot = await reading
        // Something was changed while D1 answered: the answer may be from before.
        if (changes === before) return snapshot
      }
    },
  }
}
