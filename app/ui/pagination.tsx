// Earlier and later pages by cursor: links, so that they can be opened, shared and gone back from.
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { ButtonLink } from './button'

type PaginationProps = {
  previousTo: string | null
  nextTo: string | null
  /** What is shown, such as "50 of 1,204 users". */
  label?: string | undefined
}

export function Pagination({ previousTo, nextTo, label }: PaginationProps) {
  if (!previousTo && !nextTo) return null
  return (
    <nav aria-label="Pages" className="flex min-h-9 flex-wrap items-center justify-between gap-3">
      <p className="text-sm text-muted tabular-nums">{label}</p>
      <div className="flex gap-2">
        <Step to={previousTo} rel="prev" />
        <Step to={nextTo} rel="next" />
      </div>
    </nav>
  )
}

function Step({ to, rel }: { to: string | null; rel: 'prev' | 'next' }) {
  const content =
    rel === 'prev' ? (
      <>
        <ChevronLeft aria-hidden className="size-4" /> Previous
      </>
    ) : (
      <>
        Next <ChevronRight aria-hidden className="size-4" />
      </>
    )
  if (to) {
    return (
      <ButtonLink to={to} rel={rel} size="sm">
        {content}
      </ButtonLink>
    )
  }
  return (
    <span className="inline-flex h-7 items-center gap-1.5 rounded-control border border-line px-2.5 text-sm font-medium text-faint">
      {content}
    </span>
  )
}
