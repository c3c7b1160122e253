// Ends the session that came with the request, at once and everywhere. A session that is over already is no error.
import { eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { recordEvent } from '~db/record-event'
import { sessions } from '~db/schema'

export async function logOut(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  tokenHash: string | null,
): Promise<Result<null>> {
  if (tokenHash === null) return ok(null)
  if (ctx.actor.type === 'visitor') {
    await ctx.db.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
    return ok(null)
  }
  const { userId, name, email } = ctx.actor
  const event = recordEvent(
    ctx,
    { type: 'user.logged_out', subjectType: 'user', subjectId: userId, data: { name, email } },
    sql`exists (select 1 from ${sessions} where ${sessions.tokenHash} = ${tokenHash})`,
  )
  const [, ended] = await ctx.db.batch([
    event.statement,
    ctx.db.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).returning({ id: sessions.id }),
  ])
  if (ended[0]) ctx.announce(event.id)
  return ok(null)
}
