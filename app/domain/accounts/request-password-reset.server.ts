// Asks for a link to choose a new password. The answer is the same for every address. Each new link kills the older ones,
// and one account gets few of them, so that nobody can flood a mailbox. The token itself is made where the mail is sent.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { emailKey } from '~/domain/kernel/text'
import { recordEvent } from '~db/record-event'
import { users } from '~db/schema'
import type { RequestPasswordResetInput } from './account'
import { addressOf, attemptLimit, countAddressee, countAttempts, refusedBy } from './attempts.server'

/** Links for one account in one hour. */
const linksPerHour = 3

export async function requestPasswordReset(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  input: RequestPasswordResetInput,
): Promise<Result<null>> {
  const limits = [await attemptLimit(ctx, 'resetRequestAddress', addressOf(ctx))]
  const [counters, userRows] = await ctx.db.batch([
    countAttempts(ctx, limits),
    ctx.db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
        email: users.email,
      })
      .from(users)
      .where(and(eq(users.emailKey, emailKey(input.email)), eq(users.state, 'active'))),
  ])
  const tooMany = refusedBy(ctx, limits, counters)
  if (tooMany) return fail(tooMany)

  // An unknown address runs the same statements, on nobody.
  const user = userRows[0] ?? { id: 'usr_nobody' as const, name: '', email: '' }
  const event = recordEvent(
    ctx,
    {
      type: 'user.password_reset_requested',
      subjectType: 'user',
      subjectId: user.id,
      data: { name: user.name, email: user.email },
    },
    sql`exists (select 1 from users where id = ${user.id} and state = 'active')
      and (select count(*) from events where subject_id = ${user.id} and type = 'user.password_reset_requested'
        and created_at > ${ctx.now - 3_600_000}) < ${linksPerHour}`,
  )
  const addressee = await countAddressee(ctx, emailKey(input.email))
  const [, asked] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(users)
      .set({ resetVersion: sql`${users.resetVersion} + 1`, resetRequestedAt: ctx.now })
      .where(and(eq(users.id, user.id), sql`exists (select 1 from events where id = ${event.id})`))
      .returning({ id: users.id }),
    addressee.statement,
  ])
  if (asked[0]) ctx.announce(event.id)
  return ok(null)
}
