// Does the same to several developers, in one batch: for each the very statements of the command for one, in turn, so that
// every guard sees what was decided before it. One event a person; who lost or does not fit is skipped, and told why.
import type { BatchItem } from 'drizzle-orm/batch'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { DomainError } from '~/domain/kernel/errors'
import type { EventId, UserId } from '~/domain/kernel/ids'
import type { Outcome } from '~/domain/kernel/outcome'
import { findPeople, listKeysOfAll, type Person } from './person.server'

export type Change = {
  statements: readonly [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]
  eventId: EventId
  /** Which statement returns a row when the change was made. */
  decidedBy: number
}

type Options = {
  whyNot: (ctx: DomainContext, userIds: UserId[]) => Promise<Map<UserId, DomainError>>
  /** The gateway looks again at the keys of whom it was done to. */
  forgetKeys?: boolean
}

export async function changeMany(
  ctx: DomainContext<AdminActor>,
  userIds: readonly UserId[],
  changeFor: (person: Person) => Change,
  { whyNot, forgetKeys = false }: Options,
): Promise<Outcome> {
  const people = (await findPeople(ctx, [...new Set(userIds)])).filter(({ role }) => role === 'developer')
  const changes = people.map((person) => ({ person, ...changeFor(person) }))
  const [first, ...more] = changes.flatMap(({ statements }) => statements)
  if (!first) return { done: [], skipped: ['None of these users exists any more.'] }
  // Deleting takes the keys along, so they are read before.
  const keys = forgetKeys
    ? await listKeysOfAll(
        ctx,
        people.map(({ userId }) => userId),
      )
    : []
  const results: unknown[] = await ctx.db.batch([first, ...more])
  for (const key of keys) ctx.forgetCredential(key)

  const done: string[] = []
  const lost: Person[] = []
  let offset = 0
  for (const { person, statements, eventId, decidedBy } of changes) {
    const rows = results[offset + decidedBy]
    offset += statements.length
    if (Array.isArray(rows) && rows.length > 0) {
      ctx.announce(eventId)
      done.push(person.name)
    } else lost.push(person)
  }
  const reasons =
    lost.length > 0
      ? await whyNot(
          ctx,
          lost.map(({ userId }) => userId),
        )
      : new Map()
  const missing = new Set(userIds).size - people.length
  return {
    done,
    skipped: [
      ...lost.map(({ userId, name }) => reasons.get(userId)?.message ?? `${name} does not exist any more.`),
      ...Array.from({ length: missing }, () => 'A user does not exist any more.'),
    ],
  }
}
