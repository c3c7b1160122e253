// The same page as Markdown, for agents and for who copies it. Not a page of the app, so a plain link.
import { FileText } from 'lucide-react'
import { buttonClass } from '~/ui/button'

export function MarkdownLink({ to }: { to: string }) {
  return (
    <a href={to} className={buttonClass({ variant: 'quiet', size: 'sm' })}>
      <FileText aria-hidden className="size-3.5" />
      View as Markdown
    </a>
  )
}
