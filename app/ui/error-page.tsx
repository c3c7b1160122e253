// What one sees when a page cannot be shown: what happened, and what to do now.
import type { ReactNode } from 'react'
import { ButtonLink } from './button'

type ErrorPageProps = {
  status: number
  title: string
  message: ReactNode
  action?: ReactNode
  /** Within a shell, which has the page's `main` already. */
  inShell?: boolean | undefined
}

export function ErrorPage({ status, title, message, action, inShell }: ErrorPageProps) {
  const Frame = inShell ? 'div' : 'main'
  return (
    <Frame className="mx-auto flex max-w-form flex-col items-start gap-5 px-4 py-16 sm:py-28">
      <div className="flex flex-col gap-2">
        <p className="font-mono text-sm text-muted">Error {status}</p>
        <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight">
          {title}
        </h1>
        <div className="max-w-text text-md text-pretty text-muted">{message}</div>
      </div>
      {action ?? (
        <ButtonLink to="/" variant="primary">
          Go to the home page
        </ButtonLink>
      )}
    </Frame>
  )
}
