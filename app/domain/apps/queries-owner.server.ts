// Whom an admin can make an app for: active developers, found by the beginning of a name or an address, and the teams that
// the chosen one's app can be shared with.
import { and, eq, sql } from 'drizzle-orm'
import { beginsWith } from '~/domain/accounts/queries-users.server'
import type { AdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { UserId } from '~/domain/kernel/ids'
import { named } from '~db/columns'
import { organizations, teams, users } from '~db/schema'

const maxPeople = 20
const maxTeams = 200

export async function getOwnerChoices(
  ctx: DomainContext<AdminActor>,
  choice: { search: string; ownerId: UserId | null },
) {
  const person = {
    id: named(users.id, 'user_id'),
    name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`.as('person_name'),
    email: users.email,
    organizationId: named(organizations.id, 'organization_id'),
    organizationName: named(organizations.name, 'organization_name'),
    inDefaultOrganization: organizations.isDefault,
  }
  const active = sql`+${users.role} = 'developer' and +${users.state} = 'active'`
  const [people, chosen, teamRows] = await ctx.db.batch([
    ctx.db
      .select(person)
      .from(users)
      .innerJoin(organizations, eq(organizations.id, users.organizationId))
      .where(and(active, choice.search ? beginsWith(choice.search) : undefined))
      .orderBy(users.nameKey, users.id)
      .limit(maxPeople + 1),
    ctx.db
      .select(person)
      .from(users)
      .innerJoin(organizations, eq(organizations.id, users.organizationId))
      .where(and(active, sql`${users.id} = ${choice.ownerId}`)),
    ctx.db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(
        sql`${teams.organizationId} = (select u.organization_id from users u where u.id = ${choice.ownerId})`,
      )
      .orderBy(teams.nameKey)
      .limit(maxTeams),
  ])
  return {
    people: people.slice(0, maxPeople),
    more: people.length > maxPeople,
    owner: chosen[0] ?? null,
    teams: teamRows,
  }
}
