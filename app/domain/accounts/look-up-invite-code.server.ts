// Where an invite code leads, for whoever opens its link. A wrong code counts as a guess, and after too many from one
// address nothing is told of any, right or wrong.
import { and, eq, sql } from 'drizzle-orm'
import type { AdminActor, DeveloperActor, VisitorActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { nameKey } from '~/domain/kernel/text'
import { named } from '~db/columns'
import { attemptCounters, inviteCodes, organizations, teams } from '~db/schema'
import { addressOf, attemptLimit, refusedBy } from './attempts.server'
import { usableInviteCode } from './usable-invite-code.server'

export type LookedUpCode =
  | { usable: true; teamName: string; organizationName: string; isDefaultTeam: boolean }
  | { usable: false }

/** Null when too many were tried. */
export async function lookUpInviteCode(
  ctx: DomainContext<VisitorActor | DeveloperActor | AdminActor>,
  code: string,
): Promise<LookedUpCode | null> {
  const usable = usableInviteCode(ctx, nameKey(code))
  const limit = await attemptLimit(ctx, 'inviteCodeAddress', addressOf(ctx))
  const [rows, , counters] = await ctx.db.batch([
    ctx.db
      .select({
        teamName: named(teams.name, 'team_name'),
        isDefaultTeam: named(teams.isDefault, 'is_default_team'),
        organizationName: named(organizations.name, 'organization_name'),
      })
      .from(inviteCodes)
      .innerJoin(teams, eq(teams.id, inviteCodes.teamId))
      .innerJoin(organizations, eq(organizations.id, inviteCodes.organizationId))
      .where(usable),
    ctx.db
      .insert(attemptCounters)
      .select(
        sql`select ${limit.key} as key, 1 as attempts, ${ctx.now + limit.windowSeconds * 1000} as resets_at
          where not exists (select 1 from ${inviteCodes} where ${usable})`,
      )
      .onConflictDoUpdate({
        target: attemptCounters.key,
        set: {
          attempts: sql`case when ${attemptCounters.resetsAt} <= ${ctx.now} then 1 else ${attemptCounters.attempts} + 1 end`,
          resetsAt: sql`case when ${attemptCounters.resetsAt} <= ${ctx.now} then excluded.resets_at else ${attemptCounters.resetsAt} end`,
        },
      }),
    ctx.db
      .select()
      .from(attemptCounters)
      .where(and(eq(attemptCounters.key, limit.key))),
  ])
  if (refusedBy(ctx, [limit], counters)) return null
  const [row] = rows
  return row ? { usable: true, ...row } : { usable: false }
}
