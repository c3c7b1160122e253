// Try it, opened: the form of a call, and below it what came back.
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '~/ui/button'
import { CallForm } from './call-form'
import { type TryItProps, tryItId } from './try-it'
import { useKeys } from './use-keys'

export function TryItPanel({ operation, baseUrl, links, onClose }: TryItProps & { onClose: () => void }) {
  const keys = useKeys(links.keys)
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    heading.current?.focus()
  }, [])

  return (
    <section
      id={tryItId}
      aria-labelledby={`${tryItId}-title`}
      className="flex min-w-0 scroll-mt-18 flex-col rounded-card border border-line bg-surface"
    >
      <header className="flex items-center justify-between border-b border-line py-1.5 pr-1.5 pl-4">
        <h2 id={`${tryItId}-title`} ref={heading} tabIndex={-1} className="font-semibold outline-none">
          Try it
        </h2>
        <IconButton icon={X} label="Close Try it" onClick={onClose} />
      </header>
      <CallForm
        key={`${operation.method} ${operation.path}`}
        operation={operation}
        baseUrl={baseUrl}
        links={links}
        keys={keys}
      />
    </section>
  )
}
