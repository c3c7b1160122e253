// Pieces of code behind tabs: radio buttons and a rule of the style sheet, so they work without JavaScript. At most six.
import { useEffect, useId, useRef } from 'react'
import { CopyButton } from './copy-button'

export type CodeTab = { label: string; code: string }

type CodeTabsProps = {
  /** What the pieces are, for screen readers. */
  label: string
  tabs: readonly CodeTab[]
  /** Under this name the browser remembers the chosen tab, for all pages. */
  remember?: string | undefined
}

export function CodeTabs({ label, tabs, remember }: CodeTabsProps) {
  const name = useId()
  const box = useRef<HTMLFieldSetElement>(null)
  const chosen = useRemembered(remember)

  useEffect(() => {
    const index = tabs.findIndex((tab) => tab.label === chosen.read())
    const input = box.current?.querySelector<HTMLInputElement>(`input[value="${index}"]`)
    if (input) input.checked = true
  }, [tabs, chosen])

  return (
    <fieldset
      ref={box}
      className="code-tabs min-w-0 overflow-hidden rounded-control border border-line bg-sunken"
    >
      <legend className="sr-only">{label}</legend>
      <div className="flex h-9 items-stretch overflow-x-auto border-b border-line pr-10 pl-0.5">
        {tabs.map((tab, index) => (
          <label key={tab.label}>
            <input
              type="radio"
              name={name}
              value={index}
              defaultChecked={index === 0}
              onChange={() => chosen.write(tab.label)}
              className="sr-only"
            />
            {tab.label}
          </label>
        ))}
      </div>
      {tabs.map((tab, index) => (
        <Panel key={tab.label} index={index} label={label} tab={tab} />
      ))}
    </fieldset>
  )
}

function Panel({ index, label, tab }: { index: number; label: string; tab: CodeTab }) {
  return (
    <div data-panel={index} className="relative">
      <span className="absolute -top-8 right-1 bg-sunken">
        <CopyButton value={tab.code} label={`Copy ${tab.label}`} />
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and a region would crowd the landmarks */}
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        role="group"
        aria-label={`${label}: ${tab.label}`}
        className="max-h-[28rem] overflow-auto p-3 text-sm -outline-offset-2"
      >
        <code>{tab.code}</code>
      </pre>
    </div>
  )
}

function useRemembered(name: string | undefined) {
  const store = useRef({
    read: () => (name ? fromStorage(name) : null),
    write: (value: string) => {
      if (name) toStorage(name, value)
    },
  })
  return store.current
}

/** Some browsers forbid the storage: then nothing is remembered. */
function fromStorage(name: string): string | null {
  try {
    return localStorage.getItem(`portico-${name}`)
  } catch {
    return null
  }
}

function toStorage(name: string, value: string): void {
  try {
    localStorage.setItem(`portico-${name}`, value)
  } catch {
    // See above.
  }
}
