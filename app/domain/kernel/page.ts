// Keyset pages: a cursor names the last row that was seen, so a deep page costs what the first one does.

/** `next` and `previous` are cursors for the URL, or null at the ends. */
export type Page<T> = { rows: T[]; next: string | null; previous: string | null }

export type PageRequest = { cursor: string | null; direction: 'next' | 'previous'; size: number }

export type Cursor = { key: string | number; id: string }

export function encodeCursor(cursor: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([cursor.key, cursor.id]))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Null for anything that was not made by `encodeCursor`: a mangled cursor shows the first page. */
export function decodeCursor(text: string | null): Cursor | null {
  if (!text || text.length > 400) return null
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    )
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (!Array.isArray(value) || value.length !== 2) return null
    const [key, id] = value
    if ((typeof key !== 'string' && typeof key !== 'number') || typeof id !== 'string') return null
    return { key, id }
  } catch {
    return null
  }
}

/**
 * Cuts rows that were read with `limit size + 1` into a page. Rows of a `previous` page come in reverse order.
 */
export function toPage<T>(read: T[], request: PageRequest, cursorOf: (row: T) => Cursor): Page<T> {
  const more = read.length > request.size
  const rows = read.slice(0, request.size)
  if (request.direction === 'previous') rows.reverse()
  const first = rows[0]
  const last = rows.at(-1)
  const hasNext = request.direction === 'next' ? more : rows.length > 0
  const hasPrevious = request.direction === 'previous' ? more : decodeCursor(request.cursor) !== null
  return {
    rows,
    next: hasNext && last ? encodeCursor(cursorOf(last)) : null,
    previous: hasPrevious && first ? encodeCursor(cursorOf(first)) : null,
  }
}

/** All rows of a list, a page at a time. A request makes at most 1,000 trips to D1, so `size` says how far it gets. */
export async function* allPages<T>(
  size: number,
  list: (page: PageRequest) => Promise<{ rows: T[]; next: string | null }>,
): AsyncGenerator<T[]> {
  let cursor: string | null = null
  do {
    const { rows, next } = await list({ cursor, direction: 'next', size })
    yield rows
    cursor = next
  } while (cursor)
}

/** Reads `?after=` and `?before=` from a list's address. */
export function pageRequest(params: URLSearchParams, size = 50): PageRequest {
  const before = params.get('before')
  return before
    ? { cursor: before, direction: 'previous', size }
    : { cursor: params.get('after'), direction: 'next', size }
}
