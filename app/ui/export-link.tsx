// Takes what a list shows, all of its pages, home as a file.
import { Download } from 'lucide-react'
import { buttonClass } from './button'

export function ExportLink({ to }: { to: string }) {
  return (
    <a href={to} download className={buttonClass({})}>
      <Download aria-hidden className="size-4" />
      Export CSV
    </a>
  )
}
