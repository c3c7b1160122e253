// A long document with its menu: a folding menu above on phones, a column beside it from 768 px. From 1280 px each
// `ReferenceSection` puts its code in a third column that stays in view.
import { ListTree } from 'lucide-react'
import type { ReactNode } from 'react'

export function ReferenceShell({
  nav,
  navLabel,
  children,
}: {
  nav: ReactNode
  navLabel: string
  children: ReactNode
}) {
  return (
    <div className="grid min-w-0 gap-6 md:grid-cols-[14rem_minmax(0,1fr)] md:gap-8 xl:gap-10">
      <details className="group/nav rounded-control border border-line bg-surface md:hidden">
        <summary className="flex h-10 items-center gap-2 px-3 font-medium">
          <ListTree aria-hidden className="size-4 text-muted" />
          {navLabel}
        </summary>
        <nav aria-label={navLabel} className="max-h-[60dvh] overflow-y-auto border-t border-line p-3">
          {nav}
        </nav>
      </details>
      <nav
        aria-label={navLabel}
        className="sticky top-(--bar) hidden max-h-[calc(100dvh-var(--bar))] self-start overflow-y-auto py-2 md:block"
      >
        {nav}
      </nav>
      <div className="flex min-w-0 flex-col divide-y divide-line">{children}</div>
    </div>
  )
}

type ReferenceSectionProps = { id: string; title: ReactNode; children: ReactNode; code?: ReactNode }

/** One operation or chapter: its text, and its code beside or below it. `id` is its deep link. */
export function ReferenceSection({ id, title, children, code }: ReferenceSectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid min-w-0 scroll-mt-(--bar) gap-x-10 gap-y-6 py-8 first:pt-0 xl:grid-cols-[minmax(0,1fr)_minmax(0,28rem)]"
    >
      <div className="flex min-w-0 flex-col gap-4">
        <h2 id={`${id}-title`} className="text-lg font-semibold tracking-tight wrap-anywhere">
          <a href={`#${id}`} className="rounded-xs hover:underline">
            {title}
          </a>
        </h2>
        {children}
      </div>
      {code && (
        <div className="flex min-w-0 flex-col gap-4 self-start xl:sticky xl:top-[calc(var(--bar)+1rem)]">
          {code}
        </div>
      )}
    </section>
  )
}
