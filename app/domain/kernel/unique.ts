// Uniqueness is the database's: a command tries, and reads from the error which rule stood in the way.

/**
 * True when `error` is a broken UNIQUE rule on `column` (`table.column`). Drizzle's own message holds the bound values,
 * so only its cause is read.
 */
export function violatesUnique(error: unknown, column: `${string}.${string}`): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at !== error || !('query' in at)) {
      const match = /UNIQUE constraint failed: ([^:]+)/.exec(at.message)
      if (match) return (match[1] ?? '').includes(column)
    }
  }
  return false
}

/** True when a row names another one that does not exist (any more). */
export function violatesReference(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ((at !== error || !('query' in at)) && at.message.includes('FOREIGN KEY constraint failed'))
      return true
  }
  return false
}
