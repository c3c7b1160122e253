// Where a text stops being JSON: `JSON.parse` does not always tell.

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const closers: Record<string, string> = { '{': '}', '[': ']' }

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end'

/** The line (from 1) of the first character that no JSON text could have there. `early` when the text just ends. */
export function jsonErrorPlace(text: string): { line: number; early: boolean } {
  const position = errorPosition(text)
  return { line: text.slice(0, position).split('\n').length, early: position >= text.length }
}

function errorPosition(text: string): number {
  const open: string[] = []
  let expected: Expected = 'value'
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const char = text.charAt(at)
    if (char === closers[open.at(-1) ?? ''] && (expected === 'comma or end' || expected.endsWith('or end'))) {
      open.pop()
      expected = 'comma or end'
      at += 1
    } else if (expected === 'colon' || expected === 'comma or end') {
      if (char !== (expected === 'colon' ? ':' : ',') || open.length === 0) return at
      expected = expected === 'comma or end' && open.at(-1) === '{' ? 'key' : 'value'
      at += 1
    } else if (char === '"') {
      const end = stringEnd(text, at)
      if (!end.closed) return end.at
      at = end.at
      expected = expected.startsWith('key') ? 'colon' : 'comma or end'
    } else if (expected.startsWith('key')) {
      return at
    } else if (char in closers) {
      open.push(char)
      expected = char === '{' ? 'key or end' : 'value or end'
      at += 1
    } else {
      scalar.lastIndex = at
      const found = scalar.exec(text)
      if (!found) return at
      at += found[0].length
      expected = 'comma or end'
    }
  }
  return text.length
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at += 1
  return at
}

/** Where a string ends, or what in it is wrong: a control character, an escape that JSON does not know. */
function stringEnd(text: string, start: number): { at: number; closed: boolean } {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '"') return { at: at + 1, closed: true }
    if (char < ' ') return { at, closed: false }
    if (char === '\\') {
      if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at + 1, at + 6))) return { at, closed: false }
      at += 1
    }
  }
  return { at: text.length, closed: false }
}
