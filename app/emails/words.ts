// Text from people inside mails. A name is one line, not too long, and never a link: mail programs turn "evil.example"
// into one by themselves, unless an invisible joiner stands where they look for it.

const longestName = 120
const longestSubject = 160
const wordJoiner = '\u2060'

/** One line without control characters, at most `longest` characters. */
function oneLine(text: string, longest: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line
}

/** A name as it may stand in the body of a mail. */
export function nameInMail(name: string): string {
  return unlinked(oneLine(name, longestName))
}

/** Several names: `A, B and C`. */
export function namesInMail(names: readonly string[]): string {
  return joinNames(names.map(nameInMail))
}

export function joinNames(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Several lines that a stranger wrote. */
export function paragraphInMail(text: string): string {
  const lines = text.slice(0, 2000).split(/\r\n|\r|\n/)
  return lines
    .map((line) => unlinked(oneLine(line, 2000)))
    .join('\n')
    .trim()
}

/** A subject is a header: a line break would begin another one (CWE-93). */
export function subjectLine(subject: string): string {
  return oneLine(subject, longestSubject)
}

function unlinked(text: string): string {
  return text
    .replace(/:\/\//g, `:${wordJoiner}//`)
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, `${wordJoiner}.`)
    .replace(/(?<=\S)@(?=\S)/g, `${wordJoiner}@`)
}
