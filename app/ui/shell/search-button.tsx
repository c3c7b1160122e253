// The way into search, in every bar: a link to the search of the catalogs, which with JavaScript opens the command
// palette instead, as do Ctrl K and ⌘ K. The palette itself is loaded when it is first asked for.
import { Link } from '@remix-run/react'
import { Search } from 'lucide-react'
import { lazy, type MouseEvent, Suspense, useEffect, useState } from 'react'

const CommandPalette = lazy(() => import('./command-palette'))

export function SearchButton() {
  const [open, setOpen] = useState(false)
  const [loaded, setLoaded] = useState(false)

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.shiftKey ||
        event.altKey
      )
        return
      event.preventDefault()
      show()
    }
    function show() {
      setLoaded(true)
      setOpen((was) => !was)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    setLoaded(true)
    setOpen(true)
  }

  return (
    <>
      <Link
        to="/catalogs"
        onClick={onClick}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-8 items-center gap-2 rounded-control border border-line px-2 text-sm text-muted hover:bg-hover hover:text-ink md:min-w-44"
      >
        <Search aria-hidden className="size-4" />
        <span className="max-md:sr-only">Search</span>
        <kbd className="noscript:hidden ml-auto rounded-xs border border-line px-1 text-xs max-md:hidden">
          Ctrl K
        </kbd>
      </Link>
      {loaded && (
        <Suspense>
          <CommandPalette open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
