// The edited part of a mail, as HTML and as text.
import { createElement, Fragment, type ReactNode } from 'react'
import type { FilledBlock } from './parts'
import { styles } from './styles'

type Inlines = FilledBlock['lines'][number]

/** Children one by one, because equal paragraphs have no key that tells them apart. */
function together(children: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...children)
}

export function Blocks({ blocks }: { blocks: readonly FilledBlock[] }) {
  return together(blocks.map(blockOf))
}

function blockOf({ kind, lines }: FilledBlock): ReactNode {
  if (kind === 'paragraph') {
    return (
      <p className="ink" style={styles.paragraph}>
        {together(lines.map((line, at) => (at === 0 ? inlines(line) : nextLine(line))))}
      </p>
    )
  }
  const List = kind === 'bullets' ? 'ul' : 'ol'
  return (
    <List className="ink" style={styles.list}>
      {together(lines.map(itemOf))}
    </List>
  )
}

function itemOf(line: Inlines): ReactNode {
  return <li style={styles.item}>{inlines(line)}</li>
}

function nextLine(line: Inlines): ReactNode {
  return (
    <>
      <br />
      {inlines(line)}
    </>
  )
}

function inlines(line: Inlines): ReactNode {
  return together(line.map(inlineOf))
}

function inlineOf(one: Inlines[number]): ReactNode {
  if (one.kind === 'link') {
    return (
      <a href={one.address} className="ink" style={styles.link}>
        {one.label}
      </a>
    )
  }
  return one.kind === 'bold' ? <strong>{one.text}</strong> : one.text
}

/** RFC 3986, appendix C: an address in text stands in angle brackets. */
export function blocksAsText(blocks: readonly FilledBlock[]): string[] {
  return blocks.map(({ kind, lines }) =>
    lines
      .map((line, at) => {
        const mark = kind === 'bullets' ? '- ' : kind === 'numbers' ? `${at + 1}. ` : ''
        return mark + line.map((one) => (one.kind === 'link' ? linkAsText(one) : one.text)).join('')
      })
      .join('\n'),
  )
}

function linkAsText({ label, address }: { label: string; address: string }): string {
  return label === address ? address : `${label} <${address}>`
}
