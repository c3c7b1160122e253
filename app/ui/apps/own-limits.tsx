// What a key was limited to, as the entries of its card. What is not limited is left out.
import { DateTime } from '~/ui/date-time'

type OwnLimits = { ipRanges: string[]; methods: string[]; paths: string[]; notBefore: number | null }

const shown = 6

export function ownLimitItems(limits: OwnLimits | null, now: number) {
  if (!limits) return []
  const { ipRanges, methods, paths, notBefore } = limits
  return [
    ...(ipRanges.length > 0 ? [{ term: 'Allowed IP addresses', value: <Codes values={ipRanges} /> }] : []),
    ...(methods.length > 0 ? [{ term: 'Allowed methods', value: methods.join(', ') }] : []),
    ...(paths.length > 0 ? [{ term: 'Allowed paths', value: <Codes values={paths} /> }] : []),
    ...(notBefore !== null ? [{ term: 'Works from', value: <DateTime value={notBefore} now={now} /> }] : []),
  ]
}

function Codes({ values }: { values: string[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {values.slice(0, shown).map((value) => (
        <li key={value} className="min-w-0">
          <code className="text-sm wrap-anywhere">{value}</code>
        </li>
      ))}
      {values.length > shown && <li className="text-muted">and {values.length - shown} more</li>}
    </ul>
  )
}
