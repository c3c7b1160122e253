// Changes one's own name. Sending the same name again changes nothing and writes nothing.
import { and, eq, ne, or, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { beforeIn } from '~db/event-before'
import { recordEvent } from '~db/record-event'
import { users } from '~db/schema'
import type { UpdateProfileInput } from './account'

export async function updateProfile(
  ctx: DomainContext<UserActor>,
  input: UpdateProfileInput,
): Promise<Result<null>> {
  const { userId, email } = ctx.actor
  const differs = and(
    eq(users.id, userId),
    or(ne(users.firstName, input.firstName), ne(users.lastName, input.lastName)),
  )
  const event = recordEvent(
    ctx,
    {
      type: 'user.changed',
      subjectType: 'user',
      subjectId: userId,
      data: { name: `${input.firstName} ${input.lastName}`, email },
    },
    sql`exists (select 1 from ${users} where ${differs})`,
    { name: beforeIn(sql`users`, userId).was(sql`trim(first_name || ' ' || last_name)`) },
  )
  const [, changed] = await ctx.db.batch([
    event.statement,
    ctx.db.update(users).set(input).where(differs).returning({ id: users.id }),
  ])
  if (changed[0]) ctx.announce(event.id)
  return ok(null)
}
