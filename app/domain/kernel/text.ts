// Text from people: what counts as the same name or address, and the zod pieces that forms share.
import { z } from 'zod'

/** The key under which names are unique: no case, no surrounding space, one form of each character. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('en')
}

/** The key under which an address is one account. Only ASCII letters lose their case: other letters may differ in meaning. */
export function emailKey(email: string): string {
  return email.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]/u

/** One line of text, trimmed; no control characters, no half of a surrogate pair. */
export function lineSchema(label: string, min: number, max: number) {
  return z
    .string({ error: `${label} is missing. Enter it and try again.` })
    .trim()
    .min(min, min === 1 ? `Enter ${label.toLowerCase()}.` : `${label} needs at least ${min} characters.`)
    .max(max, `${label} can have at most ${max} characters.`)
    .refine((value) => !controlCharacters.test(value) && !/[\r\n\t]/.test(value), {
      error: `${label} has characters that cannot be shown. Remove them.`,
    })
}

/** Several lines; may be left empty. */
export function paragraphSchema(label: string, max: number) {
  return z
    .string()
    .trim()
    .max(max, `${label} can have at most ${max} characters.`)
    .refine((value) => !controlCharacters.test(value), {
      error: `${label} has characters that cannot be shown. Remove them.`,
    })
    .default('')
}

/** An address as people type it. 254 characters: RFC 5321 §4.5.3.1.3. */
export const emailSchema = z
  .string({ error: 'Enter an email address.' })
  .trim()
  .min(1, 'Enter an email address.')
  .max(254, 'An email address has at most 254 characters.')
  .pipe(z.email('This is not an email address. Check it for typing errors.'))
