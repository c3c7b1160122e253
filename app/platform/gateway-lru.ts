// A map of bounded size that forgets what was not used for longest. What strangers send cannot fill the memory with it.

export type Lru<K, V> = {
  get(key: K): V | undefined
  set(key: K, value: V): void
  delete(key: K): void
  values(): Iterable<V>
}

/** `onEvict` hears of entries that had to make room. */
export function createLru<K, V>(capacity: number, onEvict: (key: K, value: V) => void = () => {}): Lru<K, V> {
  const entries = new Map<K, V>()
  /** Used last: it is moved behind the others only once. */
  let newest: K | undefined
  const put = (key: K, value: V) => {
    entries.delete(key)
    entries.set(key, value)
    newest = key
  }
  return {
    get(key) {
      const value = entries.get(key)
      if (value !== undefined && key !== newest) put(key, value)
      return value
    },
    set(key, value) {
      put(key, value)
      if (entries.size <= capacity) return
      for (const [oldest, evicted] of entries) {
        entries.delete(oldest)
        onEvict(oldest, evicted)
        return
      }
    },
    delete: (key) => {
      entries.delete(key)
    },
    values: () => entries.values(),
  }
}
