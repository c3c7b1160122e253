// What need not be seen at once, behind its name, and how much it is.
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

type FoldedProps = { summary: string; count?: number | undefined; children: ReactNode }

export function Folded({ summary, count, children }: FoldedProps) {
  return (
    <details className="group/folded">
      <summary className="flex w-fit items-center gap-1.5 font-medium">
        <ChevronRight aria-hidden className="size-3.5 text-muted group-open/folded:rotate-90" />
        <span>
          {summary}
          {count !== undefined && <span className="font-normal text-muted tabular-nums"> {count}</span>}
        </span>
      </summary>
      <div className="mt-3">{children}</div>
    </details>
  )
}
