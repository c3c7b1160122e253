// Reads a body that somebody else sends, and stops where it becomes too long.

/** The body, or null when it has more than `limit` bytes: the rest is not read. */
export async function readUpTo(
  message: Request | Response,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(message.headers.get('content-length') ?? 0) > limit) return null
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = message.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    // Counted as it comes out of any compression, so that a small file cannot become a large one.
    size += part.value.byteLength
    if (size > limit) return null
    chunks.push(part.value)
  }
  const body = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}

/** The first `limit` bytes of a body; the rest is not read. What was read is there even when the connection breaks. */
export async function readStart(message: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const start = new Uint8Array(limit)
  let size = 0
  const reader = message.body?.getReader()
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      const taken = part.value.subarray(0, limit - size)
      start.set(taken, size)
      size += taken.byteLength
      if (size === limit) break
    }
    // Whatever comes next is not wanted, and not waited for.
    reader?.cancel().catch(() => {})
  } catch {}
  return start.slice(0, size)
}
