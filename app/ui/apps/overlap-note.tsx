// Whether the old key of a rotation can go: who still calls with it, when it ends by itself, and a way to end it now.
import { Callout } from '~/ui/callout'
import { ConfirmDialog } from '~/ui/confirm-dialog'
import { countOf } from '~/ui/count-of'
import { DateTime, formatFull } from '~/ui/date-time'
import { type LastUse, LastUseText } from './last-use'

type OverlapNoteProps = {
  credential: LastUse & {
    hint: string
    replacedAt: number | null
    retiresAt: number | null
    recentSince: number
    usage: { recent: number }
  }
  revokeTo: string
  now: number
}

export function OverlapNote({ credential, revokeTo, now }: OverlapNoteProps) {
  const { lastUsedAt, replacedAt, retiresAt, recentSince, usage } = credential
  const isUsed = lastUsedAt !== null && replacedAt !== null && lastUsedAt >= replacedAt
  const since = formatFull(recentSince).slice(-12, -7)
  return (
    <Callout
      tone={isUsed ? 'amber' : 'green'}
      title={isUsed ? 'The old key is still used' : 'The old key has not been used since the rotation'}
      action={
        <ConfirmDialog
          trigger="End the old key now"
          title={`End the old key, ending in ${credential.hint}?`}
          fallbackTo={revokeTo}
          action={revokeTo}
          confirmLabel="End the old key"
          triggerSize="sm"
        >
          <p>
            Calls with the old key fail within seconds, and it cannot be brought back. The key that replaced
            it goes on.
          </p>
          <p>
            Last used: <LastUseText use={credential} now={now} />
          </p>
        </ConfirmDialog>
      }
    >
      {isUsed && (
        <p>
          Last call <LastUseText use={credential} now={now} />. {countOf(usage.recent, 'call', 'calls')} since{' '}
          {since} UTC.
        </p>
      )}
      <p className="text-sm text-muted">
        It ends by itself on <DateTime value={retiresAt} now={now} />, or as soon as nobody has used it for 3
        days.
      </p>
    </Callout>
  )
}
