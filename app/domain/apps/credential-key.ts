// How an API key looks: `prt_live_`, 32 random characters, and a checksum by which a mistyped key is refused without any
// lookup. The prefix and the fixed form let secret scanners find a leaked one: /prt_live_[0-9A-Za-z]{38}/.

const prefix = 'prt_live_'
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 32 characters of 62 are 190 bits. */
const randomLength = 32
/** CRC-32 in base 62 takes at most six characters. */
const checksumLength = 6

export function newApiKey(): string {
  let random = ''
  while (random.length < randomLength) {
    for (const byte of crypto.getRandomValues(new Uint8Array(48))) {
      // 248 is the largest multiple of 62 that a byte can hold: what lies above would favour the first characters.
      if (byte < 248 && random.length < randomLength) random += alphabet.charAt(byte % 62)
    }
  }
  return `${prefix}${random}${checksum(random)}`
}

/** True for a text that `newApiKey` could have made. No I/O, and no secret is compared. */
export function isWellFormedApiKey(text: string): boolean {
  if (!/^prt_live_[0-9A-Za-z]{38}$/.test(text)) return false
  const body = text.slice(prefix.length)
  return checksum(body.slice(0, randomLength)) === body.slice(randomLength)
}

/** What is shown of a key that stays hidden: its last four characters. */
export function apiKeyHint(key: string): string {
  return key.slice(-4)
}

function checksum(text: string): string {
  let value = crc32(text)
  let digits = ''
  while (digits.length < checksumLength) {
    digits = alphabet.charAt(value % 62) + digits
    value = Math.floor(value / 62)
  }
  return digits
}

/** CRC-32 of ISO 3309 (the one of zip and PNG), reflected, polynomial 0xEDB88320. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
