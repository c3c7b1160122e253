// Remembers the answers to POST requests that carry an Idempotency-Key: the same request gets the same answer,
// another body under the same key is a 409. The newest 500 answers are kept.
import { conflict } from './problem.mjs'

export function createIdempotencyMemory(size = 500) {
  const answers = new Map()
  return {
    recall(key, fingerprint) {
      const known = answers.get(key)
      if (!known) return null
      if (known.fingerprint !== fingerprint) {
        throw conflict(
          'idempotency_key_reused',
          'This Idempotency-Key was used with a different request body.',
        )
      }
      return known.answer
    },
    remember(key, fingerprint, answer) {
      answers.set(key, { fingerprint, answer })
      if (answers.size > size) answers.delete(answers.keys().next().value)
    },
  }
}
