// What a mail is made of beside its words: names for the placeholders, and the parts that nobody edits.
import type { MailContent } from './layout'
import { joinNames, nameInMail, namesInMail, paragraphInMail } from './words'

export type MailValues = {
  /** As people typed them, or lists of such. */
  names: Readonly<Record<string, string | readonly string[]>>
  /** Made of words of ours and of names that may stand in a mail already. */
  sentences?: Readonly<Record<string, string>>
}

export type MailParts = MailValues &
  Partial<Pick<MailContent, 'greeting' | 'items' | 'facts' | 'quote' | 'button' | 'note'>>

export function toPerson(name: string) {
  return { names: { name }, greeting: `Hello ${nameInMail(name)},` }
}

export function quotedReason(reason: string | null): { label: string; text: string } | null {
  return reason ? { label: 'Reason', text: paragraphInMail(reason) } : null
}

/** Facts without a value are left out. */
export function factsOf(terms: readonly (readonly [string, string | null])[]): [string, string][] {
  return terms.flatMap(([term, value]) => (value ? [[term, value]] : []))
}

type Word = { text: string } | { placeholder: string }
type Link = { kind: 'link'; label: string; address: string }
type Block<Inline> = { kind: 'paragraph' | 'bullets' | 'numbers'; lines: Inline[][] }
type Unfilled = { kind: 'text' | 'bold'; parts: Word[] } | Link
type Filled = { kind: 'text' | 'bold'; text: string } | Link
export type FilledBlock = Block<Filled>

/** A subject is no place for links, so names stand in it as they are; `subjectLine` keeps it one line. */
export function fillSubject(words: readonly Word[], values: MailValues): string {
  return fill(words, values, (name) => (typeof name === 'string' ? name : joinNames(name)))
}

export function fillLine(words: readonly Word[], values: MailValues): string {
  return fill(words, values, (name) => (typeof name === 'string' ? nameInMail(name) : namesInMail(name)))
}

/** What comes out empty is left out. */
export function fillBlocks(blocks: readonly Block<Unfilled>[], values: MailValues): FilledBlock[] {
  const filled = blocks.map(({ kind, lines }) => ({
    kind,
    lines: lines.map((line) =>
      line.map((one): Filled => {
        return one.kind === 'link' ? one : { kind: one.kind, text: fillLine(one.parts, values) }
      }),
    ),
  }))
  return filled.flatMap(({ kind, lines }) => {
    const said = lines.filter((line) => line.some((one) => one.kind === 'link' || one.text.trim() !== ''))
    return said.length > 0 ? [{ kind, lines: said }] : []
  })
}

/** @throws for a placeholder without a value, as after an upgrade that took it away. */
function fill(
  words: readonly Word[],
  { names, sentences }: MailValues,
  show: (name: string | readonly string[]) => string,
): string {
  return words
    .map((word) => {
      if ('text' in word) return word.text
      const { placeholder } = word
      if (sentences && Object.hasOwn(sentences, placeholder)) return sentences[placeholder] ?? ''
      if (!Object.hasOwn(names, placeholder)) throw new Error(`No value for {${placeholder}}`)
      return show(names[placeholder] ?? '')
    })
    .join('')
}
