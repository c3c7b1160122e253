// The event of a change of second factors, written first in its batch: what follows asks whether it is there. Turning
// two-factor on or off is one event, changing the factors while it stays on another.
import { type SQL, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { recordEvent } from '~db/record-event'
import type { Factor } from './second-factor'

type Change = {
  change: 'added' | 'removed'
  factor: Factor
  /** The name of a passkey. */
  label?: string
  /** Holds if the change is made. */
  when: SQL
  /** Holds if the change turns two-factor on or off: there is no other factor. */
  alone: SQL
}

export function recordFactorChange(ctx: DomainContext<UserActor>, change: Change) {
  const { userId, name, email } = ctx.actor
  const subject = { subjectType: 'user', subjectId: userId } as const
  const data = { name, email, factor: change.factor, ...(change.label ? { passkey: change.label } : {}) }
  const turned = recordEvent(
    ctx,
    {
      type: 'user.two_factor_changed',
      ...subject,
      data: { ...data, enabled: change.change === 'added' },
    },
    sql`(${change.when}) and (${change.alone})`,
  )
  const changed = recordEvent(
    ctx,
    { type: 'user.factor_changed', ...subject, data: { ...data, change: change.change } },
    sql`(${change.when}) and not (${change.alone})`,
  )
  const written = { id: sql<string>`id` }
  return {
    statements: [turned.statement.returning(written), changed.statement.returning(written)] as const,
    /** Holds after the statements, if the change is made. */
    won: sql`exists (select 1 from events where id in (${turned.id}, ${changed.id}))`,
    /** Holds after them, if it turned two-factor on or off. */
    turned: sql`exists (select 1 from events where id = ${turned.id})`,
    /** Tells which of the two was written, from the rows of the statements, and announces it. */
    announce(rows: [{ id: string }[], { id: string }[]]): 'turned' | 'changed' | null {
      const outcome = rows[0][0] ? 'turned' : rows[1][0] ? 'changed' : null
      if (outcome) ctx.announce(outcome === 'turned' ? turned.id : changed.id)
      return outcome
    },
  }
}
