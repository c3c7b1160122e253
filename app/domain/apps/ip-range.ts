// IP addresses and ranges in CIDR notation, IPv4 and IPv6. An IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`) is the
// IPv4 address, and a range of one family never holds an address of the other: `::/0` is every IPv6 address and no IPv4.
// What reads two ways is refused: leading zeros, zones, bits set beyond the prefix.

/** Eight groups of 16 bits; an IPv4 address stands in the last two, behind `::ffff:`. */
export type IpAddress = { v4: boolean; groups: readonly number[] }
/** `prefix` counts bits of the whole 128. */
export type IpRange = IpAddress & { prefix: number }

/** Null for what is no address. */
export function parseIpAddress(text: string): IpAddress | null {
  const v4 = parseV4(text)
  if (v4) return { v4: true, groups: [0, 0, 0, 0, 0, 0xffff, ...v4] }
  const groups = parseV6(text)
  return groups && { v4: isMapped(groups), groups }
}

/** A range or a single address. `problem` says what is wrong, and what may have been meant. */
export function parseIpRange(text: string): { ok: true; range: IpRange } | { ok: false; problem: string } {
  const [addressText = '', prefixText, ...more] = text.split('/')
  const address = parseIpAddress(addressText)
  if (!address || more.length > 0) {
    return { ok: false, problem: 'is no IP address or range. Write it like 203.0.113.7 or 2001:db8::/32.' }
  }
  // `::ffff:192.0.2.0/120` counts all 128 bits; `192.0.2.0/24` counts 32.
  const isShort = !addressText.includes(':')
  const longest = isShort ? 32 : 128
  const length = prefixText === undefined ? longest : Number(prefixText)
  if (prefixText !== undefined && (!/^(0|[1-9][0-9]{0,2})$/.test(prefixText) || length > longest)) {
    return { ok: false, problem: `needs a number from 0 to ${longest} after the slash.` }
  }
  const prefix = isShort ? length + 96 : length
  const network = { v4: address.v4 && prefix >= 96, groups: masked(address.groups, prefix), prefix }
  if (network.groups.some((group, at) => group !== address.groups[at])) {
    const single = formatIpRange({ ...address, prefix: 128 })
    return {
      ok: false,
      problem: `is an address inside a range. Write ${formatIpRange(network)} for the range, or ${single} for the one address.`,
    }
  }
  return { ok: true, range: network }
}

export function isInRange(address: IpAddress, range: IpRange): boolean {
  if (address.v4 !== range.v4) return false
  return masked(address.groups, range.prefix).every((group, at) => group === range.groups[at])
}

/** One text for one range: `203.0.113.0/24`, and IPv6 as RFC 5952 writes it. A single address has no prefix. */
export function formatIpRange(range: IpRange): string {
  const length = range.v4 ? range.prefix - 96 : range.prefix
  const single = range.prefix === 128
  return `${range.v4 ? formatV4(range.groups) : formatV6(range.groups)}${single ? '' : `/${length}`}`
}

function parseV4(text: string): [number, number] | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part))) return null
  const [a = 256, b = 256, c = 256, d = 256] = parts.map(Number)
  return Math.max(a, b, c, d) > 255 ? null : [a * 256 + b, c * 256 + d]
}

function parseV6(text: string): number[] | null {
  const halves = text.split('::')
  // An IPv4 address stands at the very end only.
  if (halves.length > 2 || text.length > 45 || (halves.length === 2 && halves[0]?.includes('.'))) return null
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')]
  if (!head || !tail) return null
  if (halves.length === 1) return head.length === 8 ? head : null
  const missing = 8 - head.length - tail.length
  return missing < 1 ? null : [...head, ...Array<number>(missing).fill(0), ...tail]
}

/** The last group may be an IPv4 address, which fills two. */
function groupsOf(half: string): number[] | null {
  if (half === '') return []
  const parts = half.split(':')
  const last = parseV4(parts.at(-1) ?? '')
  const hex = last ? parts.slice(0, -1) : parts
  if (!hex.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null
  return [...hex.map((part) => Number.parseInt(part, 16)), ...(last ?? [])]
}

function isMapped(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
}

function masked(groups: readonly number[], prefix: number): number[] {
  return groups.map((group, at) => {
    const bits = Math.min(16, Math.max(0, prefix - at * 16))
    return group & (0xffff << (16 - bits)) & 0xffff
  })
}

function formatV4(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.')
}

/** The longest run of two or more zero groups becomes `::`, the first of equals. */
function formatV6(groups: readonly number[]): string {
  const text = groups.map((group) => group.toString(16)).join(':')
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)]
  const longest = runs.reduce<RegExpMatchArray | null>(
    (best, run) => (best && best[0].split('0').length >= run[0].split('0').length ? best : run),
    null,
  )
  if (!longest) return text
  const before = text.slice(0, longest.index)
  const after = text.slice((longest.index ?? 0) + longest[0].length).replace(/^:/, '')
  return `${before}::${after}`
}
