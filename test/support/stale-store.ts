// A KV namespace as it is in the world: every location remembers for a minute what it read, absence included.

export type Location = 'FRA' | 'SIN'

export function staleNamespace(clock: () => number) {
  const central = new Map<string, string>()
  const caches = new Map<string, { value: string | null; until: number }>()
  const at = (location: Location) =>
    ({
      async get(key: string) {
        const cached = caches.get(`${location} ${key}`)
        if (cached && cached.until > clock()) return cached.value === null ? null : JSON.parse(cached.value)
        const value = central.get(key) ?? null
        caches.set(`${location} ${key}`, { value, until: clock() + 60_000 })
        return value === null ? null : JSON.parse(value)
      },
      async put(key: string, value: string) {
        central.set(key, value)
        caches.set(`${location} ${key}`, { value, until: clock() + 60_000 })
      },
      async delete(key: string) {
        central.delete(key)
        caches.set(`${location} ${key}`, { value: null, until: clock() + 60_000 })
      },
    }) as unknown as KVNamespace
  return { FRA: at('FRA'), SIN: at('SIN') }
}
