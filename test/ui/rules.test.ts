import { expect, test } from 'vitest'

const sources = import.meta.glob<string>('~/ui/**/*.tsx', {
  query: '?raw',
  import: 'default',
  eager: true,
})

test('no part carries a style attribute, which the content security policy forbids', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(40)
  const guilty = Object.keys(sources).filter((file) => /\sstyle=/.test(sources[file] ?? ''))
  expect(guilty).toEqual([])
})

test('no part names a color: tokens do', () => {
  const color =
    /#[0-9a-f]{3,8}\b(?!["'`]?\})|\b(rgb|hsl|oklch)a?\(|\b(bg|text|border|fill)-(gray|slate|zinc|indigo|white|black)\b/i
  const guilty = Object.keys(sources).filter((file) => color.test(sources[file] ?? ''))
  expect(guilty).toEqual([])
})

test('no part loads anything from another origin', () => {
  const guilty = Object.keys(sources).filter((file) =>
    /https?:\/\/(?!www\.w3\.org)/.test(sources[file] ?? ''),
  )
  expect(guilty).toEqual([])
})
