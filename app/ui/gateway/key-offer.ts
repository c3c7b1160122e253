// What the portal tells Try it about the reader's keys and OAuth clients. A key itself, or a token of the client, is
// fetched only when a call is sent.
import type { CredentialType } from '~/domain/apps/credential'

export type OfferedKey = {
  id: string
  appName: string
  planName: string
  type: CredentialType
  masked: string
  /** False when it cannot be shown again: then one has to paste it. */
  canBeFetched: boolean
  /** The address that hands out the key, or an access token of the client, by POST. */
  callTo: string
}

export type KeyOffer = {
  reader: 'visitor' | 'developer' | 'admin'
  productName: string
  productTo: string
  hasPendingRequest: boolean
  keys: OfferedKey[]
}
