// The same thing on a light and on a dark page, side by side where there is room.
import type { ReactNode } from 'react'
import { cx } from '~/ui/class-names'

export function BothThemes({ children }: { children: ReactNode }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {(['light', 'dark'] as const).map((theme) => (
        <figure
          key={theme}
          className={cx(
            'flex min-w-0 flex-col gap-3 rounded-card border border-line bg-canvas p-4 text-ink',
            theme === 'light' ? 'scheme-light' : 'scheme-dark',
          )}
        >
          <figcaption className="text-sm text-muted">{theme === 'light' ? 'Light' : 'Dark'}</figcaption>
          {children}
        </figure>
      ))}
    </div>
  )
}
