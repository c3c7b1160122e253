// The fonts as pages load them: the characters, weights and features that Portico shows, of the whole ones in the packages.
// They are made once and kept in .cache/fonts under the hash of what they are made from.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import subsetFont from 'subset-font'

const root = import.meta.dirname

/** What the style sheet names as `unicode-range`: the latin range of the packages. */
const latin =
  'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD'

/** Accents that sit where they belong, and spacing; no ligatures and no alternates. */
const features = ['kern', 'ccmp', 'locl', 'mark', 'mkmk']

const fonts = [
  {
    name: 'text.woff2',
    from: 'inter/files/inter-latin-wght-normal.woff2',
    // Digits of one width, for numbers in tables.
    keepFeatures: [...features, 'tnum'],
  },
  {
    name: 'code.woff2',
    from: 'jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
    keepFeatures: features,
  },
].map((font) => ({
  ...font,
  source: readFileSync(path.join(root, 'node_modules/@fontsource-variable', font.from)),
}))

/** The weights of the type scale: 400, 500 and 600. */
const variationAxes = { wght: { min: 400, max: 600 } }

/** Where `~fonts/text.woff2` and `~fonts/code.woff2` are; they are there when it answers. */
export async function fontsAlias() {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename))
  for (const { source } of fonts) hash.update(source)
  const folder = path.join(root, '.cache/fonts', hash.digest('hex').slice(0, 16))
  mkdirSync(folder, { recursive: true })
  for (const { name, source, keepFeatures } of fonts) {
    const file = path.join(folder, name)
    if (existsSync(file)) continue
    const options = { targetFormat: 'woff2', variationAxes, keepFeatures } as const
    const font = await subsetFont(source, charactersOf(latin), options)
    // Builds and tests run side by side: each finds the whole file or none.
    const half = `${file}.${process.pid}`
    writeFileSync(half, font)
    renameSync(half, file)
  }
  return { find: /^~fonts\//, replacement: `${folder}/` }
}

function charactersOf(ranges: string): string {
  return ranges
    .split(', ')
    .flatMap((range) => {
      const [first = 0, last = first] = range
        .slice(2)
        .split('-')
        .map((code) => Number.parseInt(code, 16))
      return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))
    })
    .join('')
}
