import { expect, test } from 'vitest'
import { allPages, decodeCursor, encodeCursor, type PageRequest, toPage } from '~/domain/kernel/page'
import { keyset } from '~db/keyset'
import { plans } from '~db/schema'
import { db } from '~test/support/context'

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
const cursorOf = ({ id }: { id: string }) => ({ key: id, id })

/** As a query does: beyond the cursor, in the order of the direction, one more than the page holds. */
function read(request: PageRequest) {
  const at = decodeCursor(request.cursor)?.id
  const forward = request.direction === 'next'
  const beyond = rows.filter(({ id }) => at === undefined || (forward ? id > at : id < at))
  return toPage((forward ? beyond : beyond.reverse()).slice(0, request.size + 1), request, cursorOf)
}

test('pages lead on and back without losing or repeating a row', () => {
  const first = read({ cursor: null, direction: 'next', size: 2 })
  expect(first).toMatchObject({ rows: [{ id: 'a' }, { id: 'b' }], previous: null })
  const second = read({ cursor: first.next, direction: 'next', size: 2 })
  expect(second.rows).toEqual([{ id: 'c' }, { id: 'd' }])
  expect(read({ cursor: second.previous, direction: 'previous', size: 2 })).toMatchObject(first)
  expect(read({ cursor: second.next, direction: 'next', size: 2 })).toMatchObject({
    rows: [{ id: 'e' }],
    next: null,
  })
})

test('a cursor that nobody made shows the first page, and nothing is before it', () => {
  for (const cursor of ['', 'x', '%', btoa('[1]'), btoa('{"id":"a"}'), 'A'.repeat(500)])
    expect(read({ cursor, direction: 'next', size: 2 }), cursor).toMatchObject({
      rows: [{ id: 'a' }, { id: 'b' }],
      previous: null,
    })
})

test('an export walks every page once', async () => {
  const sizes: number[] = []
  for await (const page of allPages(2, async (request) => read(request))) sizes.push(page.length)
  expect(sizes).toEqual([2, 2, 1])
})

test.each([
  ['next', 'highest', 'desc', '<'],
  ['previous', 'highest', 'asc', '>'],
  ['next', 'lowest', 'asc', '>'],
  ['previous', 'lowest', 'desc', '<'],
] as const)(
  'the %s page of a list that begins at the %s is read %s, from %s the cursor',
  (direction, begins, order, sign) => {
    const cursor = encodeCursor({ key: 'silver', id: 'pln_1' })
    const request: PageRequest = { cursor, direction, size: 2 }
    const place = keyset(request, plans.nameKey, plans.id, begins)
    const { sql, params } = db
      .select({ id: plans.id })
      .from(plans)
      .where(place.after)
      .orderBy(...place.order)
      .toSQL()
    expect(sql).toContain(`("plans"."name_key", "plans"."id") ${sign} (?, ?)`)
    expect(sql).toContain(`order by "plans"."name_key" ${order}, "plans"."id" ${order}`)
    expect(params).toEqual(['silver', 'pln_1'])
    expect(keyset({ ...request, cursor: 'x' }, plans.nameKey, plans.id, begins).after).toBeUndefined()
  },
)
