// What is said before a member is removed: which keys they could see, and what passes on.
import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import { managesMembers } from '~/domain/accounts/visibility.server'
import type { SuperAdminActor } from '~/domain/kernel/actor'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id, UserId } from '~/domain/kernel/ids'
import { apps, credentials, users } from '~db/schema'
import { credentialStateAt } from './credential'
import { rotatable } from './rotation-statements.server'

/** The member, as a condition on `users`: of the actor's organization, not only invited, and not the actor. */
export function removableMember(actor: SuperAdminActor, userId: UserId): SQL {
  return sql`${and(
    eq(users.id, userId),
    eq(users.organizationId, actor.organizationId),
    ne(users.state, 'invited'),
    ne(users.id, actor.userId),
  )}`
}

/** The apps whose keys this member could see in the clear, as a condition on `apps`. It reads role and teams of now. */
export function appsSeenBy(actor: SuperAdminActor, userId: UserId): SQL {
  return sql`(apps.organization_id = ${actor.organizationId} and (apps.owner_id = ${userId} or apps.visibility = 'organization'
    or (apps.visibility = 'team' and (
      exists (select 1 from team_members m where m.team_id = apps.team_id and m.user_id = ${userId})
      or exists (select 1 from users s where s.id = ${userId} and s.org_role = 'super_admin')))))`
}

/** Null for somebody whom the actor cannot remove. */
export async function findMemberToRemove(ctx: DomainContext<SuperAdminActor>, userId: UserId) {
  const { actor, now } = ctx
  const [people, keys] = await ctx.db.batch([
    ctx.db
      .select({
        name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
        email: users.email,
        // Spelled out: drizzle leaves the table away where a query has only one, and here `id` would be the app's.
        apps: sql<number>`(select count(*) from apps a where a.owner_id = users.id)`,
        mayRemove: sql<boolean>`${managesMembers(actor)}`.mapWith(Boolean),
      })
      .from(users)
      .where(removableMember(actor, userId)),
    ctx.db
      .select({
        id: sql<Id<'crd'>>`${credentials.id}`.as('credential_id'),
        name: sql<string>`${credentials.name}`.as('credential_name'),
        hint: credentials.hint,
        type: credentials.type,
        state: credentials.state,
        expiresAt: credentials.expiresAt,
        retiresAt: credentials.retiresAt,
        appId: credentials.appId,
        appName: sql<string>`${apps.name}`.as('app_name'),
        canRotate: sql<boolean>`${rotatable(ctx)}`.mapWith(Boolean).as('can_rotate'),
        wasRevealed:
          sql<boolean>`exists (select 1 from events e where e.actor_id = ${userId} and e.type = 'credential.revealed'
          and e.subject_id = ${credentials.id})`
            .mapWith(Boolean)
            .as('was_revealed'),
        products: sql<
          string[]
        >`(select json_group_array(name) from (select distinct p.name as name from credential_requests q
          join access_requests r on r.id = q.request_id and r.state = 'approved'
          join access_request_products a on a.request_id = r.id join products p on p.id = a.product_id
          where q.credential_id = ${credentials.id} order by p.name))`
          .mapWith((value: string) => JSON.parse(value) as string[])
          .as('products'),
      })
      .from(credentials)
      .innerJoin(apps, eq(apps.id, credentials.appId))
      .where(
        and(
          sql`${credentials.state} in ('active', 'retiring')`,
          appsSeenBy(actor, userId),
          sql`exists (select 1 from ${users} where ${removableMember(actor, userId)})`,
        ),
      )
      .orderBy(desc(credentials.createdAt), desc(credentials.id)),
  ])
  const person = people[0]
  if (!person) return null
  const working = keys
    .map((key) => ({ ...key, state: credentialStateAt(key, now) }))
    .filter((key) => key.state === 'active' || key.state === 'retiring')
  return { ...person, keys: working }
}
