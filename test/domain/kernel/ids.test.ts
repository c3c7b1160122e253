import { expect, test } from 'vitest'
import { newEventId, parseId } from '~/domain/kernel/ids'

test('of the events of one millisecond the later one has the greater id; of others the time decides', () => {
  const now = Date.now()
  const ids = Array.from({ length: 1000 }, () => newEventId(now))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(1000)
  expect(newEventId(now - 1) < newEventId(now)).toBe(true)
  expect(ids.every((id) => parseId('evt', id) === id)).toBe(true)
})
