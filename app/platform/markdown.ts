// Markdown from people and documents to HTML that is safe to show: raw HTML becomes plain text, what remains is an
// allow-list of elements, and links go to http, https, mailto or this portal only.
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import type { MarkdownTools } from '~/domain/kernel/context'
import { isIntricate, plainHtml, textOfHtml } from './plain-html'

type Element = { type: string; tagName?: string; properties?: Record<string, unknown>; children?: Element[] }

/** Headings inside a page begin right below the page's own heading, and none skips a level: people jump from one to the next. */
function lowerHeadings() {
  return (tree: Element) => {
    const all = [...elementsOf(tree)]
    const highest = Math.min(...all.map(levelOf).filter((level) => level > 0))
    let last = 1
    for (const node of all) {
      const level = levelOf(node)
      if (level > 0) {
        last = Math.min(level - highest + 2, last + 1)
        node.tagName = `h${Math.min(6, last)}`
      }
      // A wide code block or table scrolls: the keyboard must reach it.
      if (node.tagName === 'pre' || node.tagName === 'table')
        node.properties = { ...node.properties, tabIndex: 0 }
    }
  }
}

/** 1 to 6, or 0 for what is no heading. */
function levelOf(node: Element): number {
  return Number(/^h([1-6])$/.exec(node.tagName ?? '')?.[1] ?? 0)
}

/** In the order of the document. */
function* elementsOf(node: Element): Generator<Element> {
  yield node
  for (const child of node.children ?? []) yield* elementsOf(child)
}

const schema = {
  ...defaultSchema,
  protocols: { href: ['http', 'https', 'mailto'], src: ['https'] },
  // Images from elsewhere would tell third parties who reads; the content policy refuses them anyway.
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== 'img' && name !== 'input'),
}

const phrasing = new Set(['paragraph', 'heading', 'tableCell', 'emphasis', 'strong', 'delete', 'link'])

/** Many documents are written in HTML: the words of it are kept, as text. */
function htmlAsText(_state: unknown, node: { value: string }, parent: { type: string } | undefined) {
  const lines = textOfHtml(node.value)
  if (parent && phrasing.has(parent.type)) return { type: 'text' as const, value: lines.join(' ') }
  return lines.map((value) => ({
    type: 'element' as const,
    tagName: 'p',
    properties: {},
    children: [{ type: 'text' as const, value }],
  }))
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { handlers: { html: htmlAsText } })
  .use(rehypeSanitize, schema)
  .use(lowerHeadings)
  .use(rehypeStringify)

export const markdownTools: MarkdownTools = {
  render(text) {
    if (isIntricate(text)) return plainHtml(text)
    try {
      return String(processor.processSync(text))
    } catch (error) {
      // The parser calls itself for each level: text that nests too deep overflows the stack.
      if (error instanceof RangeError) return plainHtml(text)
      throw error
    }
  },
}
