// The words of a mail that an admin may change: a subject, and paragraphs in a small part of Markdown (paragraphs, lists,
// **bold**, links to https). `{word}` stands for a value. Text is taken apart before values are put in, so that no value
// is ever read as Markdown.
import { z } from 'zod'
import { lineSchema, paragraphSchema } from '~/domain/kernel/text'

export type MailText = { subject: string; body: string }

export type MailInline =
  | { kind: 'text' | 'bold'; parts: MailWord[] }
  | { kind: 'link'; label: string; address: string }
export type MailWord = { text: string } | { placeholder: string }
/** Each line of a list is an item; of a paragraph, what a line break divides. */
export type MailBlock = { kind: 'paragraph' | 'bullets' | 'numbers'; lines: MailInline[][] }

/** `version` is when the text was last changed, as the form showed it; 0 while it is the default. */
export const editMailTextInput = z.object({
  subject: lineSchema('Subject', 1, 150),
  body: paragraphSchema('Text', 5000).refine((value) => value !== '', { error: 'Enter the text.' }),
  version: z.coerce.number().int().min(0).default(0),
})
export const resetMailTextInput = editMailTextInput.pick({ version: true })

/** What a preview and a test take: judged afterwards, so that each answers in its own way. */
export const mailDraftInput = z.object({ subject: z.string().default(''), body: z.string().default('') })

export type EditMailTextInput = z.output<typeof editMailTextInput>

export function parseMailText(body: string): MailBlock[] {
  return body
    .split(/\r\n|\r|\n/)
    .reduce<string[][]>(
      (blocks, line) => {
        if (line.trim() === '') blocks.push([])
        else blocks.at(-1)?.push(line.trim())
        return blocks
      },
      [[]],
    )
    .flatMap(blocksOf)
}

/** A list may follow its paragraph without an empty line between. */
function blocksOf(lines: string[]): MailBlock[] {
  const blocks: MailBlock[] = []
  for (const line of lines) {
    const item = /^(?:([-*•])|\d{1,3}[.)])\s+(.+)$/.exec(line)
    const kind = item ? (item[1] ? 'bullets' : 'numbers') : 'paragraph'
    const last = blocks.at(-1)
    const words = inlinesOf(item?.[2] ?? line)
    if (last?.kind === kind) last.lines.push(words)
    else blocks.push({ kind, lines: [words] })
  }
  return blocks
}

const inline = /\*\*([^*]+)\*\*|\[([^[\]]+)\]\(([^()\s]*)\)/g

function inlinesOf(line: string): MailInline[] {
  const found: MailInline[] = []
  let at = 0
  for (const match of line.matchAll(inline)) {
    found.push(...plain(line.slice(at, match.index)))
    const [whole, bold, label = '', address = ''] = match
    if (bold !== undefined) found.push({ kind: 'bold', parts: mailWords(bold) })
    else found.push({ kind: 'link', label, address })
    at = match.index + whole.length
  }
  return [...found, ...plain(line.slice(at))]
}

function plain(text: string): MailInline[] {
  return text === '' ? [] : [{ kind: 'text', parts: mailWords(text) }]
}

/** Text and the placeholders in it. Whatever stands in braces on one line counts as one, known or not. */
export function mailWords(text: string): MailWord[] {
  return text
    .split(/(\{[^{}\n]{0,40}\})/)
    .filter(Boolean)
    .map((part) => (/^\{.*\}$/.test(part) ? { placeholder: part.slice(1, -1).trim() } : { text: part }))
}

/** What is wrong with each field, in words for the form; empty when nothing is. */
export function mailTextProblems(
  text: MailText,
  allowed: readonly string[],
): Partial<Record<keyof MailText, string[]>> {
  const inlines = parseMailText(text.body).flatMap((block) => block.lines.flat())
  const words = inlines.flatMap((one) => (one.kind === 'link' ? [] : one.parts))
  const subject = [unknownPlaceholder(mailWords(text.subject), allowed)].filter((one) => one !== null)
  const body = [
    unknownPlaceholder(words, allowed),
    ...inlines.map((one) => (one.kind === 'link' ? linkProblem(one) : null)),
  ].filter((one) => one !== null)
  return { ...(subject.length > 0 ? { subject } : {}), ...(body.length > 0 ? { body } : {}) }
}

function unknownPlaceholder(words: readonly MailWord[], allowed: readonly string[]): string | null {
  const unknown = words.flatMap((word) =>
    'placeholder' in word && !allowed.includes(word.placeholder) ? [`{${word.placeholder}}`] : [],
  )
  if (unknown.length === 0) return null
  const known = allowed.map((name) => `{${name}}`).join(', ')
  return `${[...new Set(unknown)].join(', ')} is not a placeholder of this mail. It has ${known}.`
}

function linkProblem({ label, address }: { label: string; address: string }): string | null {
  if (/[{}]/.test(`${label}${address}`)) return `The link “${label}” cannot hold a placeholder.`
  return isWebAddress(address) ? null : `The address of the link “${label}” has to begin with https://.`
}

export function isWebAddress(address: string): boolean {
  return /^https:\/\/[^/]/.test(address) && URL.canParse(address)
}
