// The project's source files and what they import, as text.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

export type Source = { path: string; text: string; lines: number; imports: string[] }

export function sourcesUnder(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts'),
      )
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name)
        const text = readFileSync(file, 'utf8')
        return {
          path: path.relative(root, file),
          text,
          lines: text.split('\n').length - 1,
          imports: importsOf(text),
        }
      }),
  )
}

function importsOf(text: string): string[] {
  const statements = text.matchAll(
    /^\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gms,
  )
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** `~/x` → `app/x`, `./x` → beside the importer; a package stays what it is. */
export function resolveImport(from: string, specifier: string): string {
  const target = specifier.replace(/\?(raw|url)$/, '')
  if (target.startsWith('~/')) return `app/${target.slice(2)}`
  if (target.startsWith('~db/')) return `db/${target.slice(4)}`
  if (target.startsWith('~demo/')) return `demo/${target.slice(6)}`
  if (target.startsWith('~test/')) return `test/${target.slice(6)}`
  if (target.startsWith('.')) return path.join(path.dirname(from), target)
  return target
}
