// One JSON line a log entry. What is logged is chosen field by field: never a message of the database driver, which
// holds the bound values, never a token, a password or a body.

type LogFields = Record<string, string | number | boolean | null | undefined>

function write(level: 'info' | 'warn' | 'error', event: string, fields: LogFields): void {
  const line = JSON.stringify({ level, event, ...fields })
  if (level === 'error') console.error(line)
  else if (level === 'warn') console.warn(line)
  else console.log(line)
}

export function logInfo(event: string, fields: LogFields = {}): void {
  write('info', event, fields)
}

export function logWarning(event: string, fields: LogFields = {}): void {
  write('warn', event, fields)
}

/** An unexpected error: its class, its place, and the cause's class; not its message. */
export function logError(event: string, error: unknown, fields: LogFields = {}): void {
  write('error', event, { ...fields, ...describeError(error) })
}

function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error }
  const place = error.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 6)
    .map((line) => line.trim())
    .join(' | ')
  return { errorName: error.name, errorPlace: place, databaseCode: databaseCode(error) }
}

/** The SQLite result code in a D1 error (`SQLITE_CONSTRAINT`, …), which names no value. */
function databaseCode(error: Error): string | undefined {
  const text = `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`
  return /SQLITE_[A-Z_]+/.exec(text)?.[0]
}
