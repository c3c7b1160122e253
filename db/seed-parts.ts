// What the parts of the demo world share.

import type { Actor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { DomainError } from '~/domain/kernel/errors'
import type { Result } from '~/domain/kernel/result'
import type { Database } from '~db/client'

/** Contexts of any actor at any moment. */
export type Seeder = {
  db: Database
  now: number
  as: <A extends Actor>(actor: A, at: number) => DomainContext<A>
}

/** The value of a command that must succeed here. */
export function done<T>(result: Result<T, DomainError>): T {
  if (!result.ok) throw new Error(`The demo world could not be made: ${result.error.message}`)
  return result.value
}
