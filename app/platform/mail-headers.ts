// Header fields of mails that a client sends as they are (RFC 5322, RFC 2047). Control characters never get here: the
// mailer refuses them, since a line break would begin another header.
import { encodeBase64 } from '@oslojs/encoding'

/** Of every mail. A link to unsubscribe is for the mail program's own button (RFC 2369, RFC 8058). */
export function extraHeaders(message: {
  deliveryId: string
  unsubscribeUrl?: string | null
}): Record<string, string> {
  return {
    'X-Portico-Delivery': message.deliveryId,
    ...(message.unsubscribeUrl
      ? {
          'List-Unsubscribe': `<${message.unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {}),
  }
}

/** An encoded word has at most 75 characters (RFC 2047 §2); 45 bytes are 60 of base64. */
const bytesOfAWord = 45

/** A text for a header: as it is when it is short and plain ASCII, else as encoded words on lines of their own. */
export function encodedHeader(text: string): string {
  if (/^[\x20-\x7e]{0,70}$/.test(text) && !text.includes('=?')) return text
  const words: string[] = []
  let bytes: number[] = []
  // By characters, because one that is cut in two cannot be read.
  for (const character of text) {
    const encoded = new TextEncoder().encode(character)
    if (bytes.length + encoded.length > bytesOfAWord) {
      words.push(word(bytes))
      bytes = []
    }
    bytes.push(...encoded)
  }
  words.push(word(bytes))
  return words.join('\r\n ')
}

/** `"Name" <address>`; encoded words must stand outside of quotes. */
export function addressHeader(name: string, address: string): string {
  if (name === '') return address
  const encoded = encodedHeader(name)
  const shown = encoded === name ? `"${name.replace(/["\\]/g, '\\$&')}"` : encoded
  return `${shown} <${address}>`
}

function word(bytes: readonly number[]): string {
  return `=?UTF-8?B?${encodeBase64(new Uint8Array(bytes))}?=`
}
