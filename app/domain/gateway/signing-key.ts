// The keys that sign access tokens. A new one is published a day before it signs, so that whoever keeps a copy of the
// published keys has it by then; an old one stays until the last token that it signed has ended.

/** ECDSA with P-256 and SHA-256 (RFC 7518 §3.4): the only algorithm, for signing and for checking. */
export const signingAlgorithm = 'ES256'
export const signingParameters = { name: 'ECDSA', namedCurve: 'P-256' } as const

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How long a key signs before the next one is made. */
export const signingPeriodMs = 90 * dayMs
/** From its publication until it signs. The published keys may be kept for an hour. */
export const publishedAheadMs = dayMs
/** How long a key stays after the next one has begun to sign: ten minutes for its last token, the rest is room. */
export const keptAfterMs = hourMs
