// How much is new, on every page of whoever is logged in, and the way there.
import { Link } from '@remix-run/react'
import { Bell as Icon } from 'lucide-react'
import { useOptionalRootData } from '~/ui/root-data'

export function Bell() {
  const root = useOptionalRootData()
  if (!root?.viewer) return null
  const { news } = root
  return (
    <Link
      to="/dashboard/notifications"
      title="Notifications"
      className="relative grid size-9 shrink-0 place-items-center rounded-control text-muted hover:bg-hover hover:text-ink"
    >
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">Notifications</span>
      {news !== null && (
        <span className="absolute top-0.5 right-0 rounded-full bg-accent px-1 text-[0.625rem] leading-4 font-semibold text-on-accent tabular-nums">
          {news}
          <span className="sr-only"> new</span>
        </span>
      )}
    </Link>
  )
}
