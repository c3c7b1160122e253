// Who can take an app over: the active members of its organization who see it. A few at a time; more by searching.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { DeveloperActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import { NotFoundError } from '~/domain/kernel/errors'
import type { Id } from '~/domain/kernel/ids'
import { nameKey } from '~/domain/kernel/text'
import { apps, users } from '~db/schema'
import { canOwnApp, sharingApps } from './visibility.server'

const maxPeople = 50

/** Throws NotFoundError for an app that the actor cannot give away. `search` is part of a name or an address. */
export async function getAppTransfer(ctx: DomainContext<DeveloperActor>, appId: Id<'app'>, search: string) {
  const mine = and(eq(apps.id, appId), sharingApps(ctx.actor))
  const needle = nameKey(search)
  const [appRows, people] = await ctx.db.batch([
    ctx.db
      .select({ id: apps.id, name: apps.name, visibility: apps.visibility, ownerId: apps.ownerId })
      .from(apps)
      .where(mine),
    ctx.db
      .select({
        id: users.id,
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('person_name'),
        email: users.email,
      })
      .from(users)
      .where(
        and(
          eq(users.organizationId, ctx.actor.organizationId),
          needle
            ? sql`(instr(${users.nameKey}, ${needle}) > 0 or instr(${users.emailKey}, ${needle}) > 0)`
            : undefined,
          sql`exists (select 1 from apps where ${mine} and ${canOwnApp})`,
        ),
      )
      .orderBy(asc(users.nameKey), asc(users.id))
      .limit(maxPeople + 1),
  ])
  const [app] = appRows
  if (!app) throw new NotFoundError('app')
  return {
    app: { ...app, isOwn: app.ownerId === ctx.actor.userId },
    people: people.slice(0, maxPeople),
    more: people.length > maxPeople,
  }
}
