// What somebody types to find things, as words; and what is found.
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
