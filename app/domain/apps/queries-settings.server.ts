// What the settings of an app start from: the app, and the teams that it can be shared with.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { apps, organizations, teams } from '~db/schema'
import { canShareApp } from './policy'
import { type AppActor, visibleApps } from './visibility.server'

const maxTeams = 200

/** Throws NotFoundError for an app that the actor may not see. */
export async function getAppSettings(ctx: DomainContext<AppActor>, appId: Id<'app'>) {
  const { db, actor } = ctx
  const [appRows, teamRows] = await db.batch([
    db
      .select({
        id: named(apps.id, 'app_id'),
        organizationId: apps.organizationId,
        ownerId: apps.ownerId,
        name: named(apps.name, 'app_name'),
        description: apps.description,
        visibility: apps.visibility,
        teamId: apps.teamId,
        redirectUrls: apps.redirectUrls,
        frozenAt: apps.frozenAt,
        frozenBy: apps.frozenBy,
        organizationName: named(organizations.name, 'organization_name'),
        inDefaultOrganization: organizations.isDefault,
      })
      .from(apps)
      .innerJoin(organizations, eq(organizations.id, apps.organizationId))
      .where(and(eq(apps.id, appId), visibleApps(actor)))
      .limit(1),
    db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(
        and(
          actor.type === 'admin'
            ? sql`${teams.organizationId} = (select a.organization_id from apps a where a.id = ${appId})`
            : eq(teams.organizationId, actor.organizationId),
          actor.type === 'admin' || actor.orgRole === 'super_admin'
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
