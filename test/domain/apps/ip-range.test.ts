import { expect, test } from 'vitest'
import { formatIpRange, isInRange, parseIpAddress, parseIpRange } from '~/domain/apps/ip-range'

function read(text: string): string {
  const result = parseIpRange(text)
  return result.ok ? formatIpRange(result.range) : result.problem
}

function holds(range: string, address: string): boolean {
  const parsed = parseIpRange(range)
  const ip = parseIpAddress(address)
  if (!parsed.ok) throw new Error(`${range} ${parsed.problem}`)
  return ip !== null && isInRange(ip, parsed.range)
}

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7/32', '203.0.113.7'],
  ['198.51.100.0/24', '198.51.100.0/24'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8::/32', '2001:db8::/32'],
  ['::', '::'],
  ['::1/128', '::1'],
  ['::/0', '::/0'],
  ['1::', '1::'],
  ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ['1:0:0:2:3:0:0:4', '1::2:3:0:0:4'],
  ['10:0:1:0:1:0:1:0', '10:0:1:0:1:0:1:0'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:0201', '192.0.2.1'],
  ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
  ['::ffff:0:0/96', '0.0.0.0/0'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
])('%s is written as %s', (typed, canonical) => {
  expect(read(typed)).toBe(canonical)
})

test.each([
  ['10.0.0.5/8', 'Write 10.0.0.0/8 for the range, or 10.0.0.5 for the one address.'],
  ['2001:db8::1/32', 'Write 2001:db8::/32 for the range, or 2001:db8::1 for the one address.'],
  ['::ffff:0:0/90', 'Write ::ffc0:0:0/90 for the range'],
  ['10.0.0.0/33', 'from 0 to 32'],
  ['2001:db8::/129', 'from 0 to 128'],
  ['10.0.0.0/', 'from 0 to 32'],
  ['10.0.0.0/08', 'from 0 to 32'],
  ['10.0.0.0/-1', 'from 0 to 32'],
  ...[
    '10.0.0.256',
    '010.0.0.1',
    '10.1',
    '0x7f.0.0.1',
    '10.0.0.0/8/8',
    '1.2.3.4::',
    '1:::2',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    'fe80::1%eth0',
    '12345::',
    'example.com',
    '10.0.0.1 ',
    '',
  ].map((text) => [text, 'is no IP address or range']),
])('%s is refused: %s', (typed, problem) => {
  expect(read(typed)).toContain(problem)
})

test.each([
  ['198.51.100.0/24', '198.51.100.255', true],
  ['198.51.100.0/24', '198.51.101.0', false],
  ['198.51.100.0/25', '198.51.100.128', false],
  ['198.51.100.0/24', '::ffff:198.51.100.9', true],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['::/0', '2001:db8::1', true],
  ['::/0', '198.51.100.9', false],
  ['::/0', '::ffff:198.51.100.9', false],
  ['2001:db8::/33', '2001:db8:7fff::1', true],
  ['2001:db8::/33', '2001:db8:8000::1', false],
  ['2001:db8::1', '2001:db8::2', false],
  ['203.0.113.7', 'unknown', false],
])('%s holds %s: %s', (range, address, expected) => {
  expect(holds(range, address)).toBe(expected)
})
