// How a key that clients carry looks: a prefix that names its kind, 32 random characters, and a checksum by which a
// mistyped one is refused without any lookup. Prefix and fixed form let secret scanners find a leaked one.

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 32 characters of 62 are 190 bits. */
const randomLength = 32
/** CRC-32 in base 62 takes at most six characters. */
const checksumLength = 6

export function newSecretKey(prefix: string): string {
  let random = ''
  while (random.length < randomLength) {
    for (const byte of crypto.getRandomValues(new Uint8Array(48))) {
      // 248 is the largest multiple of 62 that a byte can hold: what lies above would favour the first characters.
      if (byte < 248 && random.length < randomLength) random += alphabet.charAt(byte % 62)
    }
  }
  return `${prefix}${random}${checksum(random)}`
}

/** True for a text that `newSecretKey` could have made. No I/O, and no secret is compared. */
export function isWellFormedKey(prefix: string, text: string): boolean {
  if (!text.startsWith(prefix)) return false
  const body = text.slice(prefix.length)
  if (!/^[0-9A-Za-z]{38}$/.test(body)) return false
  return checksum(body.slice(0, randomLength)) === body.slice(randomLength)
}

/** What is shown of a key that stays hidden: its last four characters. */
export function keyHint(key: string): string {
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

/** What each byte does to a remainder: CRC-32 of ISO 3309 (the one of zip and PNG), reflected, polynomial 0xEDB88320. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

/** Of a text in ASCII. The gateway takes one with every call: hence the table, and no bytes of their own. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (let at = 0; at < text.length; at += 1) {
    crc = (crc >>> 8) ^ (crcTable[(crc ^ text.charCodeAt(at)) & 0xff] ?? 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
