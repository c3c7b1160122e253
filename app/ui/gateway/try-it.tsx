// The way into Try it: its code is loaded when it is opened, so that reading costs nothing. Without JavaScript it says
// so, and the samples beside it stay.
import { Play } from 'lucide-react'
import { type ComponentType, useState } from 'react'
import { Button, buttonClass } from '~/ui/button'
import type { Callable } from './call-fields'

export const tryItId = 'try-it'
const openId = 'try-it-open'

export type TryItProps = {
  operation: Callable
  baseUrl: string
  links: { keys: string; login: string; apps: string }
}

type PanelProps = TryItProps & { onClose: () => void }

export function useTryIt() {
  const [Panel, setPanel] = useState<ComponentType<PanelProps> | null>(null)
  const [state, setState] = useState<'closed' | 'loading' | 'failed' | 'open'>('closed')

  async function open() {
    if (state === 'open') return
    setState('loading')
    try {
      const { TryItPanel } = await import('./try-it-panel')
      setPanel(() => TryItPanel)
      setState('open')
    } catch {
      setState('failed')
    }
  }

  function close() {
    setState('closed')
    // The button is there again once this has been drawn.
    requestAnimationFrame(() => document.getElementById(openId)?.focus())
  }

  return { Panel: state === 'open' ? Panel : null, state, open, close }
}

type OpenerProps = TryItProps & { tryIt: ReturnType<typeof useTryIt> }

export function TryIt({ tryIt, ...props }: OpenerProps) {
  const { Panel, state, open, close } = tryIt
  if (Panel) return <Panel {...props} onClose={close} />
  return (
    <section
      id={tryItId}
      aria-labelledby={`${tryItId}-title`}
      className="flex min-w-0 scroll-mt-18 flex-col gap-3 rounded-card border border-line bg-surface p-4"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-52">
          <h2 id={`${tryItId}-title`} className="font-semibold">
            Try it
          </h2>
          <p className="text-sm text-muted noscript:hidden">Send a real call with a key of yours.</p>
          <p className="hidden text-sm text-muted noscript:block">
            Try it needs JavaScript. Copy the request below and send it from a program.
          </p>
        </div>
        <Button
          id={openId}
          variant="primary"
          icon={Play}
          pending={state === 'loading'}
          aria-expanded={false}
          onClick={open}
          className="noscript:hidden"
        >
          Try it
        </Button>
      </div>
      {state === 'failed' && (
        <p role="alert" className="text-sm text-red-ink">
          This part of the page could not be loaded. Check your connection, then press Try it again.
        </p>
      )}
    </section>
  )
}

/** The way there from beside the path, where the panel is not in view. */
export function TryItLink({ onOpen }: { onOpen: () => void }) {
  return (
    <a
      href={`#${tryItId}`}
      onClick={onOpen}
      className={buttonClass({ size: 'sm', variant: 'primary' }, 'xl:hidden noscript:hidden')}
    >
      <Play aria-hidden className="size-3.5" />
      Try it
    </a>
  )
}
