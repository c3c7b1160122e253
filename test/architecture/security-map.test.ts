// docs/security.md leads from each requirement to the test that shows it: every file and every title in it exists.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { sourcesUnder } from './sources'

const root = path.resolve(import.meta.dirname, '../..')
const text = readFileSync(path.join(root, 'docs/security.md'), 'utf8')
const tests = new Map(sourcesUnder('test').map((source) => [source.path, source.text]))

type Row = { id: string; shownBy: string }

const rows: Row[] = [...text.matchAll(/^\| (\d+\.\d+\.\d+)\*? \|[^|]*\|[^|]*\| (.+) \|$/gm)].map((match) => ({
  id: match[1] ?? '',
  shownBy: match[2] ?? '',
}))

/** Chapters V6, V7 and V9 at levels 1 and 2, and what is taken over from level 3. */
const required = [
  '6.1.1 6.1.2 6.1.3 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12',
  '6.3.1 6.3.2 6.3.3 6.3.4 6.3.5 6.3.7 6.3.8 6.4.1 6.4.2 6.4.3 6.4.6 6.5.1 6.5.5 6.6.3',
  '7.1.1 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.2',
  '9.1.1 9.1.2 9.1.3 9.2.1 9.2.2 9.2.3',
].flatMap((line) => line.split(' '))

test('every requirement has its row, once', () => {
  expect(rows.map((row) => row.id).sort()).toEqual([...required].sort())
})

test('every row names a test that exists, or says why there is none', () => {
  const broken = rows.flatMap(({ id, shownBy }) => {
    const named = [...shownBy.matchAll(/`(test\/[^`]+)`: “([^”]+)”/g)]
    if (named.length === 0) return shownBy.length > 60 ? [] : [`${id}: neither a test nor a reason`]
    return named
      .filter(([, file, title]) => !hasTitle(tests.get(file ?? '') ?? '', title ?? ''))
      .map(([, file, title]) => `${id}: ${file} has no “${title}”`)
  })
  expect(broken).toEqual([])
})

test('every test named after a requirement of these chapters is in the table', () => {
  const named = [...tests].flatMap(([file, source]) =>
    [...source.matchAll(/test(?:\.each\([\s\S]*?\))?\(\s*['"`](v5\.0\.0-([67]\.\d+\.\d+): [^'"`]+)/g)].map(
      (match) => ({
        file,
        id: match[2] ?? '',
      }),
    ),
  )
  expect(named.length).toBeGreaterThan(30)
  const missing = named.filter(
    ({ file, id }) => !rows.some((row) => row.id === id && row.shownBy.includes(file)),
  )
  expect(missing).toEqual([])
})

function hasTitle(source: string, title: string): boolean {
  return ["'", '"', '`'].some(
    (quote) =>
      source.includes(`${quote}${title}${quote}`) ||
      source.includes(`${quote}${title.replaceAll("'", "\\'")}${quote}`),
  )
}
