// A reference: its menu is a sheet on phones and a column from 768 px. Text and code beside it are two columns from
// 1280 px, one below; the code stays in view.
import { ListTree, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonClass } from '~/ui/button'
import { closePopoverOnLink, popoverAttribute, popoverTarget } from '~/ui/popover'

const sheetId = 'reference-menu'

type ReferenceShellProps = { nav: ReactNode; navLabel: string; children: ReactNode }

export function ReferenceShell({ nav, navLabel, children }: ReferenceShellProps) {
  return (
    <div className="grid min-w-0 gap-4 md:grid-cols-[15rem_minmax(0,1fr)] md:gap-8 xl:gap-10">
      <button
        type="button"
        {...popoverTarget(sheetId)}
        className={buttonClass({ size: 'sm' }, 'w-fit md:hidden')}
      >
        <ListTree aria-hidden className="size-4" />
        {navLabel}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link inside is a click as well */}
      <nav
        id={sheetId}
        {...popoverAttribute}
        aria-label={navLabel}
        onClick={closePopoverOnLink}
        className="sheet text-ink max-md:p-3 md:-m-1 md:p-1 md:top-[calc(var(--bar)+0.75rem)] md:max-h-[calc(100dvh-var(--bar)-1.5rem)] md:self-start md:overflow-y-auto"
      >
        <div className="mb-2 flex items-center justify-between pl-2 md:hidden">
          <span className="font-semibold">{navLabel}</span>
          <button
            type="button"
            {...popoverTarget(sheetId, 'hide')}
            aria-label="Close menu"
            className={buttonClass({ variant: 'quiet', square: true })}
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
        {nav}
      </nav>
      <div className="min-w-0">{children}</div>
    </div>
  )
}

/** Text with its code beside it. */
export function ReferenceColumns({ children, code }: { children: ReactNode; code: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,28rem)]">
      <div className="flex min-w-0 flex-col gap-8">{children}</div>
      <div className="flex min-w-0 flex-col gap-4 self-start *:shrink-0 xl:sticky xl:top-[calc(var(--bar)+1rem)] xl:max-h-[calc(100dvh-var(--bar)-2rem)] xl:overflow-y-auto">
        {code}
      </div>
    </div>
  )
}
