// What is shown of an answer's body: JSON with its lines indented, other text as it is, and of all else only what it is.
// Long texts are cut: a page with megabytes of text stands still.

/** About 2,000 lines. */
export const shownCharacters = 100_000
/** Above this, JSON is not indented. */
const maxIndented = 2_000_000
/** Text that nests without end would otherwise grow by its square. */
const deepestIndent = 40

export type Shown =
  | { kind: 'empty' }
  | { kind: 'binary'; type: string }
  | { kind: 'text'; text: string; language: 'JSON' | 'text'; cut: boolean }

export function shownBody(bytes: Uint8Array, contentType: string): Shown {
  if (bytes.length === 0) return { kind: 'empty' }
  const text = textOf(bytes, contentType)
  if (text === null) return { kind: 'binary', type: contentType.split(';')[0]?.trim() || 'unknown' }
  const isJson = /[/+]json\b/i.test(contentType) && text.length <= maxIndented
  const indented = isJson ? indentedJson(text) : null
  const whole = indented ?? text
  return {
    kind: 'text',
    text: whole.slice(0, shownCharacters),
    language: indented === null ? 'text' : 'JSON',
    cut: whole.length > shownCharacters,
  }
}

const textTypes = /^text\/|json|xml|yaml|javascript|csv|urlencoded|graphql|x-ndjson/i

/** Null when the bytes are no text. Without a type, they are one when they read as UTF-8. */
function textOf(bytes: Uint8Array, contentType: string): string | null {
  if (contentType !== '' && (!textTypes.test(contentType) || /^image\//i.test(contentType))) return null
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset, { fatal: contentType === '' }).decode(bytes)
  } catch {
    return contentType === '' ? null : new TextDecoder().decode(bytes)
  }
}

/**
 * JSON with a value a line, or null when it is not JSON. Token by token: long numbers and repeated names stay as they
 * were sent, which reading and writing them again would change.
 */
export function indentedJson(text: string): string | null {
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  let depth = 0
  const line = () => `\n${'  '.repeat(Math.min(depth, deepestIndent))}`
  return text
    .replace(/"[^"\\]*(?:\\.[^"\\]*)*"|[[{]\s*[\]}]|[[\]{},:]|\s+/g, (token) => {
      if (token.startsWith('"')) return token
      if (/^[[{]\s*[\]}]$/.test(token)) return token.charAt(0) + token.slice(-1)
      if (token === ':') return ': '
      if (token === ',') return `,${line()}`
      if (token === '{' || token === '[') {
        depth += 1
        return token + line()
      }
      if (token === '}' || token === ']') {
        depth -= 1
        return line() + token
      }
      return ''
    })
    .trim()
}
