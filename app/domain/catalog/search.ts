// What somebody types to find things, as words; what the names of an operation are found by; and what is found.
import type { Id } from '~/domain/kernel/ids'

const maxWords = 6

/** As the triggers of the search tables cut texts: letters A to Z small, everything between words left out. */
const between = /[\s.,;:!?'"()[\]{}<>/|\\_\-+=*&%$#@~^`–—’‘“”…·\u00a0\p{Cc}\p{Surrogate}]+/u

/** At most six words, the longest first: it leaves the fewest entries. One "payment" finds "payments", and the other way. */
export function wordsOf(text: string): string[] {
  const words = text
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .split(between)
    .filter((word) => word !== '' && word.length <= 40)
    .map((word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word))
  return [...new Set(words)].slice(0, maxWords).sort((a, b) => b.length - a.length)
}

/** Where a part of a name begins: at a capital after a small letter or a digit, and at the last one of a run of capitals. */
const partBegins = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u

/** What is read of the names: a document may have one of millions of characters, and each part is a text of its own. */
const maxNames = 2000

/** As long as a word of the search tables may be; and how many a single operation gets. */
const maxPartLength = 40
const maxParts = 24

/**
 * What the names in `text` are found by beyond their own beginning: the rest of a name from each of its parts on, since
 * words are found from their beginning. `listAPIKeys` gives `apikeys keys`: “api”, “keys” and “apikey” find it. That it is
 * the rest and not the part alone finds “oauth” in `getOAuthToken` and “apis” in `listAPIsOfTeam`, which rules about
 * capitals cut in the wrong place.
 */
export function partsOfNames(text: string): string {
  const names = text.slice(0, maxNames).split(between)
  const parts = names.flatMap((name) => {
    const pieces = name.split(partBegins)
    return pieces.slice(1, maxParts + 1).map((_, at) => {
      const rest = pieces.slice(at + 1, at + 1 + maxPartLength).join('')
      return [...rest]
        .slice(0, maxPartLength)
        .join('')
        .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    })
  })
  return [...new Set(parts)].slice(0, maxParts).join(' ')
}

export type SearchHit = {
  kind: 'product' | 'api' | 'operation' | 'guide'
  productId: Id<'prd'>
  productSlug: string
  productName: string
  /** Null for products and guides. */
  apiSlug: string | null
  documented: boolean
  /** The operation's or guide's part of the address. */
  slug: string
  method: string
  title: string
  subtitle: string
}
