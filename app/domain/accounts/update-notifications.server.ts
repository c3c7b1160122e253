// When somebody wants which mails. Choices of the other role, and those that a form leaves out, stay as they are.
import { eq, sql } from 'drizzle-orm'
import type { UserActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { ok, type Result } from '~/domain/kernel/result'
import { users } from '~db/schema'
import type { UpdateNotificationsInput } from './account'
import { canStop, mailChoicesOf } from './mail-choices'

export async function updateNotifications(
  ctx: DomainContext<UserActor>,
  input: UpdateNotificationsInput,
): Promise<Result<null>> {
  const chosen = mailChoicesOf(ctx.actor.type).filter((choice) => input[choice] !== undefined)
  const wanted = chosen.filter(canStop).map((choice) => [choice, input[choice] !== 'never'])
  const daily = chosen.filter((choice) => input[choice] === 'daily')
  await ctx.db
    .update(users)
    .set({
      ...Object.fromEntries(wanted),
      dailyMails: sql`(select json_group_array(value) from (
        select value from json_each(users.daily_mails) where value not in (select value from json_each(${JSON.stringify(chosen)}))
        union all select value from json_each(${JSON.stringify(daily)})))`,
    })
    .where(eq(users.id, ctx.actor.userId))
  return ok(null)
}
