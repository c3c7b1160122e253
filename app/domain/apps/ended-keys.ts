// The keys that ended last, for the page of their app.
import type { Id } from '~/domain/kernel/ids'
import { type CredentialState, credentialStateAt } from './credential'

const maxEndedKeys = 10

type EndedRow = {
  id: Id<'crd'>
  name: string
  hint: string
  state: CredentialState
  expiresAt: number | null
  retiresAt: number | null
  revokedAt: number | null
  revokedByName: string | null
}

/** The newest keys that were revoked, by somebody or by the clock. */
export function endedKeys(rows: EndedRow[], now: number) {
  return rows
    .filter((row) => credentialStateAt(row, now) === 'revoked')
    .map(({ id, name, hint, revokedAt, retiresAt, revokedByName }) => ({
      id,
      name,
      hint,
      revokedByName,
      endedAt: revokedAt ?? retiresAt,
    }))
    .sort((one, other) => (other.endedAt ?? 0) - (one.endedAt ?? 0))
    .slice(0, maxEndedKeys)
}
