// The same page as Markdown, for agents and for who copies it. Not a page of the app, so a plain link.
import { FileText } from 'lucide-react'
import { buttonClass } from '~/ui/button'

type MarkdownLinkProps = { to: string /** An icon alone on phones. */; compact?: boolean }

export function MarkdownLink({ to, compact = false }: MarkdownLinkProps) {
  return (
    <a href={to} className={buttonClass({ variant: 'quiet', size: 'sm' })}>
      <FileText aria-hidden className="size-3.5" />
      <span className={compact ? 'max-sm:sr-only' : undefined}>View as Markdown</span>
    </a>
  )
}
