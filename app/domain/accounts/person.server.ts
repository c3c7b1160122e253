// What commands about a person need to know before they decide: names for the event, and the keys that hang on the account.
import { eq, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id, UserId } from '~/domain/kernel/ids'
import { apps, credentials, users } from '~db/schema'

export async function findPerson(ctx: DomainContext, userId: UserId) {
  const [row] = await ctx.db
    .select({
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      role: users.role,
      state: users.state,
      organizationId: users.organizationId,
    })
    .from(users)
    .where(eq(users.id, userId))
  return row ?? null
}

/** Tells the gateway in this isolate to look again at the keys of this person's apps. */
export async function forgetKeysOf(ctx: DomainContext, userId: UserId): Promise<void> {
  for (const id of await listKeysOf(ctx, userId)) ctx.forgetCredential(id)
}

/** The keys of apps that this person owns; more than a thousand nobody has. */
export async function listKeysOf(ctx: DomainContext, userId: UserId): Promise<Id<'crd'>[]> {
  const rows = await ctx.db
    .select({ id: credentials.id })
    .from(credentials)
    .innerJoin(apps, eq(apps.id, credentials.appId))
    .where(eq(apps.ownerId, userId))
    .limit(1000)
  return rows.map((row) => row.id)
}
