// Files stay small enough to read in one go.
import { expect, test } from 'vitest'
import { sourcesUnder } from './sources'

const sources = sourcesUnder('app', 'db')

test('no file of the house has more than 300 lines', () => {
  expect(
    sources.filter((source) => source.lines > 300).map((source) => `${source.path}: ${source.lines}`),
  ).toEqual([])
})

test('nine files of ten have at most 180 lines, and half of them at most 80', () => {
  const lines = sources.map((source) => source.lines).sort((a, b) => a - b)
  expect(lines[Math.floor(lines.length * 0.9)]).toBeLessThanOrEqual(180)
  expect(lines[Math.floor(lines.length * 0.5)]).toBeLessThanOrEqual(80)
})

test('a domain or platform file opens by saying what it decides', () => {
  const silent = sources.filter(
    (source) => /^app\/(domain|platform)\//.test(source.path) && !source.text.startsWith('//'),
  )
  expect(silent.map((source) => source.path)).toEqual([])
})
