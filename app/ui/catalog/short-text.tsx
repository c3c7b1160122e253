// What a document says of a field or an answer, in a line or two: code, bold words and links to the web are shown as such, and
// the rest as it stands. Whole texts are rendered at import; these are too many for that.
import { Fragment, type ReactNode } from 'react'

/** CommonMark's code spans, strong emphasis and inline links, without nesting. The limits keep one look at a text short. */
const inline = /`([^`\n]{1,300})`|\*\*([^*\n]{1,300})\*\*|\[([^[\]\n]{1,300})\]\(([^\s()]{1,500})\)/g

export function ShortText({ children }: { children: string }) {
  const parts: ReactNode[] = []
  let at = 0
  for (const match of children.matchAll(inline)) {
    parts.push(children.slice(at, match.index), partOf(match))
    at = match.index + match[0].length
  }
  return [...parts, children.slice(at)].map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes its order
    <Fragment key={index}>{part}</Fragment>
  ))
}

function partOf([, code, bold, label, address]: RegExpMatchArray): ReactNode {
  if (code !== undefined) return <code>{code}</code>
  if (bold !== undefined) return <strong className="font-semibold">{bold}</strong>
  // An address within the document's own site leads nowhere here.
  if (!address || !/^https?:\/\//i.test(address)) return label
  return (
    <a href={address} rel="noreferrer nofollow" className="text-accent-ink underline">
      {label}
    </a>
  )
}
