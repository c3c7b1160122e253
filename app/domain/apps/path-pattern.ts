// Which paths below an API a key may call: `/pets` is that path alone, `/pets/*` everything below it. Compared letter by
// letter with the path that the gateway passes on. A pattern has no percent sign, so whatever an upstream decodes later
// lies below the same prefix; dot segments, which could climb out of it, the gateway refuses for every key.

const characters = /^[A-Za-z0-9\-._~!$&'()+,;=:@/]*$/

/** What is wrong with a pattern, or null. */
export function pathPatternProblem(pattern: string): string | null {
  const path = pattern.endsWith('/*') ? pattern.slice(0, -1) : pattern
  if (!pattern.startsWith('/')) return 'must begin with a slash, as in /pets/*.'
  if (path.includes('*')) return 'can have a * only at the end, after a slash: /pets/*.'
  if (/[{}]/.test(path)) return 'has a placeholder in braces. Write /pets/* for everything below /pets.'
  if (!characters.test(path))
    return 'has a character that a path here cannot have, such as a space, %, ? or #.'
  if (path.includes('//')) return 'has two slashes in a row, which no call can match safely.'
  if (/\/\.{1,2}(?:[;/]|$)/.test(path)) return 'has a dot segment (. or ..). Write the path itself.'
  return null
}

/** `path` is what follows the API's address at the gateway, as it came; nothing means the API's root. */
export function matchesPath(patterns: readonly string[], path: string): boolean {
  const asked = path || '/'
  return patterns.some((pattern) =>
    pattern.endsWith('/*') ? asked.startsWith(pattern.slice(0, -1)) : asked === pattern,
  )
}
