// Copies a text and says so, to eyes and to screen readers. Not there without JavaScript.
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { buttonClass } from './button'
import { cx } from './class-names'

const noticeMs = 2000

type CopyButtonProps = {
  value: string
  /** What is copied, for its name: "Copy base URL". */
  label?: string | undefined
  /** Shows the word "Copy" beside the icon. */
  text?: boolean | undefined
}

export function CopyButton({ value, label = 'Copy', text }: CopyButtonProps) {
  const [notice, setNotice] = useState<'Copied' | 'Copying failed' | null>(null)

  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(() => setNotice(null), noticeMs)
    return () => clearTimeout(timer)
  }, [notice])

  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
      setNotice('Copied')
    } catch {
      setNotice('Copying failed')
    }
  }

  const Icon = notice === 'Copied' ? Check : Copy
  return (
    <span className="noscript:hidden">
      <button
        type="button"
        title={label}
        aria-label={label}
        onClick={copy}
        className={buttonClass({ variant: text ? 'secondary' : 'quiet', size: 'sm', square: !text })}
      >
        <Icon aria-hidden className={cx('size-3.5', notice === 'Copied' && 'text-green-ink')} />
        {text && (notice ?? 'Copy')}
      </button>
      <span aria-live="polite" className="sr-only">
        {notice}
      </span>
    </span>
  )
}
