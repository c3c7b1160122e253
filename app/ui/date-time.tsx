// A moment. Text and title are made from UTC and from the given `now` alone, so server and browser agree.
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

function two(value: number) {
  return String(value).padStart(2, '0')
}

export function formatDay(value: number): string {
  const date = new Date(value)
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** Such as `5 Mar 2026, 14:02:09 UTC`. */
export function formatFull(value: number): string {
  const date = new Date(value)
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')
  return `${formatDay(value)}, ${time} UTC`
}

function count(amount: number, unit: string) {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}

/** Past and future in one unit; beyond 30 days the date itself says more. */
export function formatRelative(value: number, now: number): string {
  const distance = Math.abs(now - value)
  if (distance < minute) return value > now ? 'in a moment' : 'just now'
  if (distance >= 30 * day) return formatDay(value)
  const text =
    distance < hour
      ? count(Math.floor(distance / minute), 'minute')
      : distance < day
        ? count(Math.floor(distance / hour), 'hour')
        : count(Math.floor(distance / day), 'day')
  return value > now ? `in ${text}` : `${text} ago`
}

type DateTimeProps = {
  value: number | null
  now: number
  relative?: boolean | undefined
  /** The day is enough: no hour in the text. */
  dayOnly?: boolean | undefined
  /** What stands where there is no moment, such as "Never". */
  empty?: string | undefined
}

export function DateTime({ value, now, relative, dayOnly, empty = 'Never' }: DateTimeProps) {
  if (value === null) return <span className="text-muted">{empty}</span>
  const full = formatFull(value)
  const plain = dayOnly ? formatDay(value) : full.replace(/:\d\d UTC$/, ' UTC')
  return (
    <time dateTime={new Date(value).toISOString()} title={full} className="whitespace-nowrap tabular-nums">
      {relative ? formatRelative(value, now) : plain}
    </time>
  )
}
