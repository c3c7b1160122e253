// The command palette: a dialog with one field and what it finds. Arrows choose, Enter goes there, Escape closes. What
// is found comes from the server, which decides what this viewer may see.
import { useNavigate } from '@remix-run/react'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { neighbour, type PaletteGroup, type PaletteItem } from './palette'

const pauseMs = 120

type CommandPaletteProps = { open: boolean; onClose: () => void }

export default function CommandPalette({ open, onClose }: CommandPaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal()
    if (!open) dialog.current?.close()
  }, [open])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      aria-label="Search the portal"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      className="dialog mx-auto mt-[12dvh] mb-auto w-[min(40rem,calc(100vw-2rem))] overflow-hidden rounded-card bg-raised p-0 text-left text-base font-normal whitespace-normal text-ink shadow-float"
    >
      {open && <Finder onClose={onClose} />}
    </dialog>
  )
}

function Finder({ onClose }: { onClose: () => void }) {
  const id = useId()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [current, setCurrent] = useState(0)
  const { groups, state } = useFound(text)
  const items = groups.flatMap((group) => group.items)

  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, current])

  function go(item: PaletteItem | undefined) {
    if (!item) return
    onClose()
    navigate(item.to)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setCurrent(neighbour(current, 1, items.length))
    else if (event.key === 'ArrowUp') setCurrent(neighbour(current, -1, items.length))
    else if (event.key === 'Enter') go(items[current])
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type into it
          autoFocus
          type="text"
          role="combobox"
          aria-label="Search products, operations, guides and pages"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={items.length > 0 ? `${id}-${current}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Search products, operations, guides and pages"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setCurrent(0)
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent text-md outline-none"
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Found" className="max-h-[50dvh] overflow-y-auto p-2">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: groups of options in a list box
          <div key={group.label} role="group" aria-label={group.label}>
            <p aria-hidden className="px-2.5 pt-2 pb-1 text-xs font-medium text-faint">
              {group.label}
            </p>
            {group.items.map((item) => (
              <Option
                key={item.to}
                id={`${id}-${items.indexOf(item)}`}
                item={item}
                chosen={items.indexOf(item) === current}
                onChoose={() => setCurrent(items.indexOf(item))}
                onGo={() => go(item)}
              />
            ))}
          </div>
        ))}
      </div>
      <p role="status" className="border-t border-line px-4 py-2 text-sm text-muted">
        {statusWords(state, items.length)}
      </p>
    </>
  )
}

type FindState = 'searching' | 'found' | 'failed'

function statusWords(state: FindState, count: number): string {
  if (state === 'failed') return 'Search did not answer. Try again in a moment.'
  if (state === 'searching') return 'Searching'
  if (count === 0) return 'Nothing found. Try another word.'
  return `${count} found. Arrow keys choose, Enter opens, Escape closes.`
}

type OptionProps = { id: string; item: PaletteItem; chosen: boolean; onChoose: () => void; onGo: () => void }

function Option({ id, item, chosen, onChoose, onGo }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen option
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      onMouseMove={onChoose}
      onClick={onGo}
      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-control px-2.5 py-1.5 outline-ring -outline-offset-2 aria-selected:bg-pressed aria-selected:outline-2"
    >
      {item.method && (
        <code data-method={item.method} className="w-14 shrink-0 text-xs">
          {item.method}
        </code>
      )}
      <span className="min-w-0 truncate font-medium">{item.title}</span>
      {item.detail && (
        <span className="min-w-0 flex-1 truncate text-right text-sm text-muted">{item.detail}</span>
      )}
    </div>
  )
}

/** What the server finds, a moment after the last key. An answer that comes late is dropped. */
function useFound(text: string): { groups: PaletteGroup[]; state: FindState } {
  const [groups, setGroups] = useState<PaletteGroup[]>([])
  const [state, setState] = useState<FindState>('searching')

  useEffect(() => {
    const stop = new AbortController()
    setState('searching')
    const timer = setTimeout(
      async () => {
        try {
          const response = await fetch(`/search?${new URLSearchParams({ q: text })}`, { signal: stop.signal })
          const answer = (await response.json()) as { groups: PaletteGroup[] }
          setGroups(answer.groups)
          setState('found')
        } catch {
          if (!stop.signal.aborted) setState('failed')
        }
      },
      text === '' ? 0 : pauseMs,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text])

  return { groups, state }
}
