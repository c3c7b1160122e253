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

/** Headings inside a page begin below the page's own heading. */
function lowerHeadings() {
  return (tree: Element) => visit(tree)
}

function visit(node: Element): void {
  const level = /^h([1-6])$/.exec(node.tagName ?? '')?.[1]
  if (level) node.tagName = `h${Math.min(6, Number(level) + 1)}`
  // A wide code block or table scrolls: the keyboard must reach it.
  if (node.tagName === 'pre' || node.tagName === 'table')
    node.properties = { ...node.properties, tabIndex: 0 }
  for (const child of node.children ?? []) visit(child)
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
