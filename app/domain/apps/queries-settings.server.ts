// What the settings of an app start from: the app, and the teams that it can be shared with.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { apps, teams } from '~db/schema'
import { canShareApp } from './policy'
import { visibleApps } from './visibility.server'

const maxTeams = 200

/** Throws NotFoundError for an app that this developer may not see. */
export async function getAppSettings(ctx: DomainContext<DeveloperActor>, appId: Id<'app'>) {
  const { db, actor } = ctx
  const [appRows, teamRows] = await db.batch([
    db
      .select({
        id: apps.id,
        organizationId: apps.organizationId,
        ownerId: apps.ownerId,
        name: apps.name,
        description: apps.description,
        visibility: apps.visibility,
        teamId: apps.teamId,
        redirectUrls: apps.redirectUrls,
      })
      .from(apps)
      .where(and(eq(apps.id, appId), visibleApps(actor)))
      .limit(1),
    db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(
        and(
          eq(teams.organizationId, actor.organizationId),
          actor.orgRole === 'super_admin'
            ? undefined
            : sql`exists (select 1 from team_members m where m.team_id = ${teams.id} and m.user_id = ${actor.userId})`,
        ),
      )
      .orderBy(asc(teams.nameKey))
      .limit(maxTeams),
  ])
  const app = appRows[0]
  if (!app) throw new NotFoundError('app')
  const canShare = canShareApp(actor, app)
  return { app, canShare, teams: canShare ? teamRows : [] }
}
