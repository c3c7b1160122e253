// The teams of an organization to tick for one of its people, the default team first.
import { desc, type SQL, sql } from 'drizzle-orm'
import type { UserId } from '~/domain/kernel/ids'
import type { Database } from '~db/client'
import { teams } from '~db/schema'

/** As many teams as a choice can show well. */
const maxTeams = 200

/** For a batch. `which` is on teams. */
export function teamChoicesQuery(db: Database, userId: UserId, which: SQL) {
  return db
    .select({
      id: teams.id,
      name: teams.name,
      isDefault: teams.isDefault,
      isMember:
        sql<boolean>`exists (select 1 from team_members m where m.team_id = teams.id and m.user_id = ${userId})`
          .mapWith(Boolean)
          .as('is_member'),
    })
    .from(teams)
    .where(which)
    .orderBy(desc(teams.isDefault), teams.nameKey)
    .limit(maxTeams)
}
