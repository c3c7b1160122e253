// What the command palette shows: groups of places to go to.

export type PaletteItem = { title: string; detail: string; method: string | null; to: string }
export type PaletteGroup = { label: string; items: PaletteItem[] }

/** The item before or after, round the end. */
export function neighbour(current: number, step: 1 | -1, count: number): number {
  return count === 0 ? 0 : (current + step + count) % count
}
