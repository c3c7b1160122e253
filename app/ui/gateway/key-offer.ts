// What the portal tells Try it about the reader's keys. A key itself is fetched only when a call is sent.

export type OfferedKey = {
  id: string
  appName: string
  planName: string
  masked: string
  /** False when it cannot be shown again: then one has to paste it. */
  canBeFetched: boolean
  /** The address that hands out the key, by POST. */
  callTo: string
}

export type KeyOffer = {
  reader: 'visitor' | 'developer' | 'admin'
  productName: string
  productTo: string
  hasPendingRequest: boolean
  keys: OfferedKey[]
}
