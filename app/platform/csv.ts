// Tables as CSV (RFC 4180) for people who open them in a spreadsheet: no cell is ever read as a formula (CWE-1236), and a
// long table is sent while it is read, a page at a time.

export type CsvValue = string | number | boolean | null

/**
 * What a spreadsheet takes for the beginning of a formula or of a command, also behind spaces and quotes, and in full
 * width. Such a text gets an apostrophe before it, which spreadsheets hide.
 */
const formula = /^[\s"'\p{Cf}]*[=+\-@|\uff1d\uff0b\uff0d\uff20\uff5c]|^[\t\r\n]/u

/** Numbers and truth values are made by the portal, so they stay as they are. */
function csvCell(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly CsvValue[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** A download whose rows come in pages. `name` gets the ending; a page that fails breaks the download off. */
export function csvResponse<Row>(
  name: string,
  header: readonly string[],
  pages: AsyncIterable<readonly Row[]>,
  cellsOf: (row: Row) => readonly CsvValue[],
): Response {
  const lineOf = (row: Row) => csvLine(cellsOf(row))
  return download(`${name}.csv`, 'text/csv; charset=utf-8', csvLine(header), pages, lineOf)
}

/** One JSON value a line, for programs. */
export function jsonLinesResponse(name: string, pages: AsyncIterable<readonly unknown[]>): Response {
  return download(`${name}.jsonl`, 'application/jsonl', '', pages, (row) => `${JSON.stringify(row)}\n`)
}

function download<Row>(
  filename: string,
  type: string,
  head: string,
  pages: AsyncIterable<readonly Row[]>,
  lineOf: (row: Row) => string,
): Response {
  const encoder = new TextEncoder()
  const iterator = pages[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (head) controller.enqueue(encoder.encode(head))
    },
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value.map(lineOf).join('')))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${filename}"`,
      'Cache-Control': 'no-store',
    },
  })
}
