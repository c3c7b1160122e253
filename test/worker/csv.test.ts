// CSV for spreadsheets: what is written is read back as it was, and nothing of it is a formula.
import { expect, test } from 'vitest'
import { type CsvValue, csvLine, csvResponse } from '~/platform/csv'

/** A reader of RFC 4180, as strict as spreadsheets are not. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (text[at] === '"' && text[at + 1] !== '"') break
        if (text[at] === '"') at += 1
        cell += text[at]
      }
      at += 1
    } else while (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at++]
    row.push(cell)
    if (text[at] === ',') {
      at += 1
      continue
    }
    expect(text.slice(at, at + 2)).toBe('\r\n')
    at += 2
    rows.push(row)
    row = []
  }
  return rows
}

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '|calc',
  '\t=1',
  '\r=1',
  '\n=1',
  '"=1',
  `'=1`,
  ' =1',
  '   +1',
  '\u00a0=1',
  '\ufeff=1',
  '\u200b=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '\tplain',
])('%j begins with an apostrophe when it is exported', (name) => {
  const [[cell] = []] = readCsv(csvLine([name]))
  expect(cell).toBe(`'${name}`)
})

test.each(['Ada', 'O’Neil', "d'Arc", 'a=b', 'x-y', 'me@example.com', '', 'Ünal, Öz'])(
  '%j stays as it is',
  (name) => {
    expect(readCsv(csvLine([name, 'end']))).toEqual([[name, 'end']])
  },
)

/** Xorshift, so that a failing round can be repeated. */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

test('whatever a cell holds is read back, but for the apostrophe that disarms it (5,000 tables)', () => {
  const pieces = [
    '=',
    '+',
    '-',
    '@',
    '|',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '"',
    "'",
    ',',
    ' ',
    'a',
    '7',
    '＝',
    '😀',
    'é',
    ';',
  ]
  for (let seed = 1; seed <= 5000; seed += 1) {
    const next = random(seed)
    const width = 1 + next(4)
    const table = Array.from({ length: 1 + next(3) }, () =>
      Array.from({ length: width }, (): CsvValue => {
        const kind = next(12)
        if (kind === 0) return next(1000) - 500
        if (kind === 1) return next(2) === 0
        if (kind === 2) return null
        return Array.from({ length: next(6) }, () => pieces[next(pieces.length)]).join('')
      }),
    )
    const read = readCsv(table.map(csvLine).join(''))
    expect(read, `seed ${seed}`).toHaveLength(table.length)
    for (const [y, row] of table.entries())
      for (const [x, value] of row.entries()) {
        const cell = read[y]?.[x] ?? 'missing'
        const text = value === null ? '' : String(value)
        expect([text, `'${text}`], `seed ${seed}`).toContain(cell)
        if (typeof value === 'string')
          expect(/^[\s"']*[=+\-@|＝]/.test(cell) && !cell.startsWith("'"), `seed ${seed}`).toBe(false)
      }
  }
})

test('a download is sent page by page, and stops when the reader does', async () => {
  let made = 0
  let ended = false
  async function* pages() {
    try {
      for (; made < 1000; made += 1) yield [[made]]
    } finally {
      ended = true
    }
  }
  const response = csvResponse('things', ['Number'], pages(), (row) => row)
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="things.csv"')
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const reader = response.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('Number\r\n')
  await reader?.read()
  await reader?.cancel()
  expect(made).toBeLessThan(10)
  expect(ended).toBe(true)
})
