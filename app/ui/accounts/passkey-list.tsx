// Somebody's passkeys: their names, and when each was made and used.
import { KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '~/ui/badge'
import { DateTime } from '~/ui/date-time'

type ShownPasskey = {
  id: string
  name: string
  backedUp: boolean
  createdAt: number
  lastUsedAt: number | null
}

type PasskeyListProps = {
  passkeys: readonly ShownPasskey[]
  now: number
  action: (passkey: ShownPasskey) => ReactNode
}

export function PasskeyList({ passkeys, now, action }: PasskeyListProps) {
  return (
    <ul className="flex flex-col">
      {passkeys.map((passkey) => (
        <li
          key={passkey.id}
          className="flex flex-wrap items-start gap-x-3 gap-y-2 border-line py-3 not-first:border-t first:pt-0 last:pb-0"
        >
          <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-2 font-medium wrap-anywhere">
              {passkey.name}
              {passkey.backedUp && <Badge>Synced</Badge>}
            </p>
            <p className="text-sm text-muted">
              Added <DateTime value={passkey.createdAt} now={now} dayOnly />, last used{' '}
              <DateTime value={passkey.lastUsedAt} now={now} relative empty="never" />
            </p>
          </div>
          {action(passkey)}
        </li>
      ))}
    </ul>
  )
}
