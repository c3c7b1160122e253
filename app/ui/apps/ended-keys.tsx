// The keys that an app no longer has: when each was revoked, by whom, and since when it is refused everywhere.
import { maskedKey } from '~/domain/apps/credential'
import { everywhereWithinMs } from '~/domain/apps/revocation'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { formatFull } from '~/ui/date-time'

type EndedKey = {
  id: string
  name: string
  hint: string
  endedAt: number | null
  revokedByName: string | null
  replacedAt: number | null
}

export function EndedKeys({ keys, now }: { keys: readonly EndedKey[]; now: number }) {
  if (keys.length === 0) return null
  return (
    <Card>
      <CardHeader
        title="Revoked keys"
        description="The gateway refuses them for good. Older ones are in the activity."
      />
      <CardBody>
        <ul className="flex flex-col divide-y divide-line">
          {keys.map((key) => (
            <li key={key.id} className="flex flex-col gap-0.5 py-2.5 first:pt-0 last:pb-0">
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-medium wrap-anywhere">{key.name}</span>
                <code className="text-sm text-muted">{maskedKey(key.hint)}</code>
              </span>
              <span className="text-sm text-muted">{whatHappened(key, now)}</span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}

function whatHappened(key: EndedKey, now: number): string {
  const end = key.endedAt
  const how = key.revokedByName
    ? `Revoked by ${key.revokedByName}`
    : key.replacedAt === null
      ? 'Revoked'
      : 'Ended after a rotation'
  if (end === null) return `${how}.`
  const everywhere = Math.ceil((end + everywhereWithinMs) / 1000) * 1000
  return `${how} on ${formatFull(end)}; refused everywhere ${everywhere > now ? 'by' : 'since'} ${formatFull(everywhere).slice(-12)} at the latest.`
}
