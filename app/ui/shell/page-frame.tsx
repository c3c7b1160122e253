// What all shells share: the way past the menus, the place where the page begins, and the foot.
import type { ReactNode } from 'react'
import { cx } from '~/ui/class-names'
import { type Theme, ThemeSwitch } from '~/ui/theme-switch'

export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-50 -translate-y-32 rounded-control bg-raised px-3.5 py-2 font-medium shadow-float focus:translate-y-0"
    >
      Skip to the content
    </a>
  )
}

export function Main({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <main id="main" tabIndex={-1} className={className}>
      {children}
    </main>
  )
}

type FooterProps = {
  portalName: string
  theme: Theme
  currentPath: string
  wide?: boolean | undefined
  children?: ReactNode
}

export function Footer({ portalName, theme, currentPath, wide, children }: FooterProps) {
  return (
    <footer className="border-t border-line">
      <div
        className={cx(
          'mx-auto flex flex-wrap items-center justify-between gap-4 px-4 py-5 text-sm text-muted sm:px-6',
          wide ? 'max-w-wide' : 'max-w-page',
        )}
      >
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          <span>{portalName}</span>
          {children}
        </span>
        <ThemeSwitch theme={theme} returnTo={currentPath} />
      </div>
    </footer>
  )
}
