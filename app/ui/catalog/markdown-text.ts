// Small parts of Markdown. What comes from a document as a name is escaped, so that it stays a name.

/** A name on one line that means nothing to Markdown. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|#]/g, '\\$&')
}

/** Code within a line: a longer run of backticks than the text has itself. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  const fence = '`'.repeat(longestRun(line) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text}\n${fence}`
}

export function link(text: string, address: string): string {
  return `[${plain(text)}](${address})`
}

/** Blocks with an empty line between them; empty ones are left out. */
export function blocks(...parts: (string | null | false | undefined)[]): string {
  return `${parts.filter((part) => typeof part === 'string' && part.trim() !== '').join('\n\n')}\n`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
