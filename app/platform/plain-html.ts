// Text beside Markdown: words out of raw HTML, plain paragraphs, and which texts a Markdown parser must not be given.

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
}

/** The words of HTML, a line for each block. What comes out is text: whoever shows it escapes it. */
export function textOfHtml(html: string): string[] {
  return html
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(?:br|\/(?:p|li|tr|h[1-6]|div|pre|dt|dd))\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|apos|#39|nbsp);/g, (_entity, name: string) => entities[name] ?? '')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => escapes[char] ?? '')
}

/** Paragraphs of escaped text. */
export function plainHtml(text: string): string {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escaped(paragraph.trim())}</p>`)
    .join('\n')
}

/** Measured: a parser takes time by the square of these, 0.1 s at most with the limits here. */
const maxMarksInBlock = 3000
const maxCellsInLine = 100
const maxIndent = 120

/**
 * True for text whose marks nest or repeat so much that parsing it would take seconds or overflow the stack. Nobody
 * writes such text; it is shown as plain paragraphs. Code between fences does not count.
 */
export function isIntricate(text: string): boolean {
  let fence = ''
  let marks = 0
  for (const line of text.split('\n')) {
    const found = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1] ?? ''
    if (fence === '') fence = found
    else if (found.startsWith(fence) && line.trim() === found) fence = ''
    if (fence !== '') continue
    if (line.trim() === '') marks = 0
    marks += line.replace(/[^*_[\]`~<>&!^]/g, '').length
    if (marks > maxMarksInBlock || line.split('|').length > maxCellsInLine) return true
    if (line.length - line.trimStart().length > maxIndent && line.trim() !== '') return true
    if (/^(?:\s*(?:>|[-*+]\s)){20}/.test(line)) return true
  }
  return false
}
