// Why the keys of an app do not work for now: it is frozen, or its organization is frozen or suspended.
import type { ReactNode } from 'react'
import { Callout } from '~/ui/callout'
import { DateTime } from '~/ui/date-time'

type FrozenNoteProps = {
  app: {
    frozenAt: number | null
    frozenBy: 'developer' | 'admin' | null
    organizationName: string
    organizationState: string
    organizationFrozenAt: number | null
  }
  /** What one can do about the app's own freeze. */
  action?: ReactNode
  now: number
}

export function FrozenNote({ app, action, now }: FrozenNoteProps) {
  return (
    <>
      {app.frozenAt !== null && (
        <Callout tone="amber" title="This app is frozen" action={action}>
          <p>
            The gateway refuses its keys until it is unfrozen.{' '}
            {app.frozenBy === 'admin' &&
              'An administrator of the portal froze it, and only administrators unfreeze it.'}
          </p>
          <p className="text-sm text-muted">
            Since <DateTime value={app.frozenAt} now={now} />
          </p>
        </Callout>
      )}
      {app.organizationFrozenAt !== null && (
        <Callout tone="amber" title={`All apps of ${app.organizationName} are frozen`}>
          The gateway refuses their keys until a super admin of the organization unfreezes them.
        </Callout>
      )}
      {app.organizationState === 'suspended' && (
        <Callout tone="amber" title={`${app.organizationName} is suspended`}>
          The gateway refuses the keys of its apps until an administrator of the portal restores it.
        </Callout>
      )}
    </>
  )
}
