// A secret: masked, until the server has sent it in answer to the reveal form. Shown, it can be copied, and it hides
// again by itself.
import { EyeOff } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { buttonClass } from './button'
import { cx } from './class-names'
import { CopyButton } from './copy-button'

const shownMs = 30_000

type SecretFieldProps = {
  label: string
  masked: string
  secret: string | null
  /** The form that asks for it, with its button; shown while it is masked. */
  revealForm?: ReactNode
}

export function SecretField({ label, masked, secret, revealForm }: SecretFieldProps) {
  const [hidden, setHidden] = useState<string | null>(null)
  const shown = secret !== null && hidden !== secret

  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setHidden(secret), shownMs)
    return () => clearTimeout(timer)
  }, [shown, secret])

  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <span
        className={cx(
          'flex min-h-9 min-w-0 flex-1 basis-60 items-center gap-1 rounded-control border px-3 py-1',
          shown ? 'border-amber-line bg-amber-soft' : 'border-line bg-sunken',
        )}
      >
        <span className="sr-only">{label}: </span>
        <code className={cx('min-w-0 flex-1 text-sm break-all', !shown && 'text-muted')}>
          {shown ? secret : masked}
        </code>
        {shown && <CopyButton value={secret} label={`Copy ${label.toLowerCase()}`} />}
      </span>
      {shown ? (
        <button
          type="button"
          className={buttonClass({}, 'noscript:hidden')}
          onClick={() => setHidden(secret)}
        >
          <EyeOff aria-hidden className="size-4" /> Hide
        </button>
      ) : (
        revealForm
      )}
      <span aria-live="polite" className="sr-only">
        {shown && `${label} is shown for 30 seconds`}
      </span>
    </div>
  )
}
