// Where somebody is logged in: device, place, and since when.
import { Monitor } from 'lucide-react'
import type { ReactNode } from 'react'
import { countryName, deviceName } from '~/domain/accounts/device'
import { Badge } from '~/ui/badge'
import { DateTime } from '~/ui/date-time'

export type ShownSession = {
  id: string
  userAgent: string | null
  ip: string | null
  country: string | null
  createdAt: number
  lastSeenAt: number
}

type SessionListProps = {
  sessions: readonly ShownSession[]
  currentId?: string | undefined
  now: number
  /** The button that ends one. */
  action?: ((session: ShownSession) => ReactNode) | undefined
}

export function SessionList({ sessions, currentId, now, action }: SessionListProps) {
  return (
    <ul className="flex flex-col">
      {sessions.map((session) => (
        <li
          key={session.id}
          className="flex flex-wrap items-start gap-x-3 gap-y-2 border-line py-3 not-first:border-t first:pt-0 last:pb-0"
        >
          <Monitor aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-2 font-medium">
              {deviceName(session.userAgent)}
              {session.id === currentId && <Badge tone="green">This session</Badge>}
            </p>
            <p className="text-sm text-muted wrap-anywhere">
              {[countryName(session.country), session.ip].filter(Boolean).join(', ') || 'Unknown place'}
            </p>
            <p className="text-sm text-muted">
              Last seen <DateTime value={session.lastSeenAt} now={now} relative />, logged in{' '}
              <DateTime value={session.createdAt} now={now} />
            </p>
          </div>
          {session.id !== currentId && action?.(session)}
        </li>
      ))}
    </ul>
  )
}
