// What a check of a document finds: problems with their lines, and what changed since the document that is current.

/** `line` counts from 1; null where a place has none, or the text is too long to look for it. */
export type DocumentProblem = { line: number | null; at: string; text: string }

export type OperationName = { method: string; path: string }

export type ChangeNote = { text: string; breaking: boolean }

export type DocumentChanges = {
  /** How many there are; the lists hold the first of them. */
  counts: { added: number; removed: number; changed: number; breaking: number }
  added: OperationName[]
  removed: OperationName[]
  changed: (OperationName & { notes: ChangeNote[] })[]
  /** The documents were too large to compare in full: there may be more. */
  partial: boolean
}

/** `changes` is null for the first document of an API. */
export type DocumentReview = { warnings: DocumentProblem[]; changes: DocumentChanges | null }

/** "Line 12: …", or "#/paths/~1pets: …" where there is no line. */
export function problemLabel({ line, at, text }: DocumentProblem): string {
  if (line !== null) return `Line ${line.toLocaleString('en')}: ${text}`
  return at === '#' ? text : `${at}: ${text}`
}
