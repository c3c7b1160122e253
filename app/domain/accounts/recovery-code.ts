// Recovery codes: the way in when phone and passkey are lost. Each has 120 random bits, so a plain SHA-256 of it can be
// stored (OWASP ASVS 5.0, 6.5.2 asks for 112), and no number of tries finds one.

export const recoveryCodeCount = 10

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const characters = 24
const groupLength = 6

/** `abc123-…`: four groups of six, without the letters that are taken for others (Crockford's base 32). */
export function newRecoveryCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(characters))
  // 256 is a multiple of 32: every character is as likely as any other.
  return inGroups([...bytes].map((byte) => alphabet[byte % alphabet.length]).join(''), '-')
}

/** What was typed as it was made, whatever the case and the signs between; null when it cannot be a recovery code. */
export function readRecoveryCode(typed: string): string | null {
  const plain = typed
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
  return plain.length === characters && [...plain].every((one) => alphabet.includes(one))
    ? inGroups(plain, '-')
    : null
}

function inGroups(text: string, between: string): string {
  return text.match(new RegExp(`.{1,${groupLength}}`, 'g'))?.join(between) ?? ''
}
