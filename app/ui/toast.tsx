// The answer to what one just did, made by the server. Good news leaves by itself; errors stay.
// Without JavaScript it stands in the page and is gone with the next one. Give it a `key` that changes with each flash.
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { cx } from './class-names'

const staysMs = 8000

const looks = {
  success: { icon: CircleCheck, mark: 'text-green-ink' },
  error: { icon: CircleAlert, mark: 'text-red-ink' },
  info: { icon: Info, mark: 'text-blue-ink' },
}

type ToastProps = { kind: keyof typeof looks; children: ReactNode }

export function Toast({ kind, children }: ToastProps) {
  const [open, setOpen] = useState(true)
  const [held, setHeld] = useState(false)
  const { icon: Icon, mark } = looks[kind]

  useEffect(() => {
    if (kind === 'error' || held || !open) return
    const timer = setTimeout(() => setOpen(false), staysMs)
    return () => clearTimeout(timer)
  }, [kind, held, open])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: reading it, by pointer or focus, keeps it open
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="fixed inset-x-4 bottom-4 z-50 sm:left-auto sm:w-96 noscript:static noscript:mx-auto noscript:my-4"
    >
      {open && (
        <div className="toast flex items-start gap-3 rounded-card bg-raised py-2.5 pr-2 pl-3.5 shadow-float">
          <Icon aria-hidden className={cx('mt-1 size-4 shrink-0', mark)} />
          <div className="min-w-0 flex-1 py-0.5">{children}</div>
          <button
            type="button"
            aria-label="Dismiss"
            onClick={() => setOpen(false)}
            className="grid size-6 shrink-0 place-items-center rounded-control text-muted hover:bg-hover hover:text-ink noscript:hidden"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
      )}
    </div>
  )
}
