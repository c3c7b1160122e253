import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DateTime, formatRelative } from '~/ui/date-time'

const now = Date.UTC(2026, 2, 5, 14, 2, 9)
const hour = 3_600_000
const day = 24 * hour

test('a date has its zone in the text and all of it in the title', () => {
  const html = renderToStaticMarkup(<DateTime value={now} now={now} />)
  expect(html).toContain('dateTime="2026-03-05T14:02:09.000Z"')
  expect(html).toContain('title="5 Mar 2026, 14:02:09 UTC"')
  expect(html).toContain('>5 Mar 2026, 14:02 UTC<')
})

test('a relative date still has the full one in its title', () => {
  const html = renderToStaticMarkup(<DateTime value={now - 3 * hour} now={now} relative />)
  expect(html).toContain('>3 hours ago<')
  expect(html).toContain('11:02:09 UTC"')
})

test('no date says so in words', () => {
  expect(renderToStaticMarkup(<DateTime value={null} now={now} />)).toContain('Never')
})

test.each([
  [0, 'just now'],
  [-59_000, 'just now'],
  [30_000, 'in a moment'],
  [-60_000, '1 minute ago'],
  [-2 * hour, '2 hours ago'],
  [day, 'in 1 day'],
  [-29 * day, '29 days ago'],
  [-30 * day, '3 Feb 2026'],
])('%i ms from now reads "%s"', (distance, text) => {
  expect(formatRelative(now + distance, now)).toBe(text)
})
