// Where somebody stands in the organization: Active, Invited or Deactivated.
import { Badge, type Tone } from '~/ui/badge'
import { formatRelative } from '~/ui/date-time'

type Standing = 'active' | 'invited' | 'deactivated'

const words: Record<Standing, { label: string; tone: Tone }> = {
  active: { label: 'Active', tone: 'green' },
  invited: { label: 'Invited', tone: 'amber' },
  deactivated: { label: 'Deactivated', tone: 'neutral' },
}

type MemberStatusProps = { state: Standing; expiresAt: number | null; now: number }

export function MemberStatus({ state, expiresAt, now }: MemberStatusProps) {
  const { label, tone } = words[state]
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={tone} dot>
        {label}
      </Badge>
      {state === 'invited' && (
        <span className="text-sm text-muted">
          {expiresAt === null || expiresAt <= now
            ? 'the link has expired'
            : `the link expires ${formatRelative(expiresAt, now)}`}
        </span>
      )}
    </span>
  )
}
