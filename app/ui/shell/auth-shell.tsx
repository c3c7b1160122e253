// One card in the middle of the window: log in, register, reset, set up.
import type { ReactNode } from 'react'
import { type Theme, ThemeSwitch } from '~/ui/theme-switch'
import { Brand, type Logo } from './brand'
import { Main, SkipLink } from './page-frame'

type AuthShellProps = {
  portalName: string
  logo: Logo | null
  title: string
  description?: ReactNode
  children: ReactNode
  /** Under the card: the other way in. */
  footer?: ReactNode
  theme?: Theme | undefined
  currentPath?: string | undefined
}

export function AuthShell(props: AuthShellProps) {
  const {
    portalName,
    logo,
    title,
    description,
    children,
    footer,
    theme = 'system',
    currentPath = '/',
  } = props
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-6 sm:py-10">
      <SkipLink />
      <header className="max-w-full">
        <Brand portalName={portalName} logo={logo} />
      </header>
      <Main className="my-auto flex w-full max-w-md flex-col gap-5 py-6 sm:py-8">
        <div className="flex flex-col gap-5 rounded-card border border-line bg-surface p-5 sm:p-8">
          <div className="flex flex-col gap-1">
            <h1 tabIndex={-1} className="text-lg font-semibold tracking-tight">
              {title}
            </h1>
            {description && <div className="text-muted">{description}</div>}
          </div>
          {children}
        </div>
        {footer && <div className="text-center text-muted">{footer}</div>}
      </Main>
      <footer>
        <ThemeSwitch theme={theme} returnTo={currentPath} />
      </footer>
    </div>
  )
}
