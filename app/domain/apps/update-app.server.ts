// Changes what an app is called and who sees it. Acts at once: lists, pages and secrets ask the database each time.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { domainError, fieldError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { fail, ok, type Result } from '~/domain/kernel/result'
import { nameKey } from '~/domain/kernel/text'
import { beforeIn } from '~db/event-before'
import { recordEvent } from '~db/record-event'
import { apps, events } from '~db/schema'
import { appVisibilityLabels, type UpdateAppInput } from './app'
import { type AppActor, shareableTeam, sharingApps, visibleApps } from './visibility.server'

export async function updateApp(
  ctx: DomainContext<AppActor>,
  appId: Id<'app'>,
  input: UpdateAppInput,
): Promise<Result<{ name: string }>> {
  const { actor } = ctx
  const mine = sql`${and(eq(apps.id, appId), visibleApps(actor))}`
  const [before] = await ctx.db
    .select({
      name: apps.name,
      visibility: apps.visibility,
      teamId: apps.teamId,
      organizationId: apps.organizationId,
      // Spelled out: drizzle leaves the table away where a query has only one.
      inDefault: sql<number>`(select o.is_default from organizations o where o.id = apps.organization_id)`,
      maySet: sql<number>`${sharingApps(actor)}`,
    })
    .from(apps)
    .where(mine)
  if (!before) return fail(domainError('not_found', 'There is no such app.'))

  // Who may not decide about sharing keeps what is there, whatever the form says.
  const visibility = before.inDefault ? 'personal' : before.maySet ? input.visibility : before.visibility
  const teamId = visibility !== 'team' ? null : before.maySet ? input.teamId : before.teamId
  const shares = visibility !== before.visibility || teamId !== before.teamId
  if (visibility === 'team' && teamId === null) {
    return fail(fieldError('teamId', 'Choose the team that sees the app.'))
  }
  const teamRule: SQL = shares && teamId ? shareableTeam(actor, teamId) : sql`1`
  const { was, wasList } = beforeIn(sql`apps`, appId)
  const teamName = (team: SQL) => sql`(select t.name from teams t where t.id = ${team})`
  const event = recordEvent(
    ctx,
    {
      type: 'app.changed',
      subjectType: 'app',
      subjectId: appId,
      organizationId: before.organizationId,
      appId,
      data: {
        name: input.name,
        description: input.description,
        redirectUrls: input.redirectUrls,
        ...(shares
          ? {
              visibility: appVisibilityLabels[visibility],
              visibilityBefore: appVisibilityLabels[before.visibility],
            }
          : {}),
      },
    },
    sql`exists (select 1 from ${apps} where ${mine} and ${shares ? sharingApps(actor) : sql`1`}
      and ${apps.visibility} = ${before.visibility} and ${teamRule})`,
    {
      name: was(sql`name`),
      description: was(sql`description`),
      redirectUrls: wasList(sql`redirect_urls`),
      ...(shares ? { team: teamName(was(sql`team_id`)) } : {}),
    },
    shares ? { team: teamName(sql`${teamId}`) } : {},
  )
  const [, rows] = await ctx.db.batch([
    event.statement,
    ctx.db
      .update(apps)
      .set({
        name: input.name,
        nameKey: nameKey(input.name),
        description: input.description,
        redirectUrls: input.redirectUrls,
        visibility,
        teamId,
      })
      .where(and(eq(apps.id, appId), sql`exists (select 1 from ${events} where ${events.id} = ${event.id})`))
      .returning({ id: apps.id }),
  ])
  if (!rows[0]) {
    return fail(
      teamId && shares
        ? fieldError('teamId', 'This team does not exist any more, or you are not in it. Choose another one.')
        : domainError('conflict', 'Somebody changed this app at the same moment. Load the page again.'),
    )
  }
  ctx.announce(event.id)
  return ok({ name: input.name })
}
