// What commands about a person need to know before they decide: names for the event, and the keys that hang on the account;
// and how a decision about an account is written down.
import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import type { Id, UserId } from '~/domain/kernel/ids'
import { apps, credentials, users } from '~db/schema'

export type Person = Awaited<ReturnType<typeof findPeople>>[number]

export async function findPerson(ctx: DomainContext, userId: UserId): Promise<Person | null> {
  return (await findPeople(ctx, [userId]))[0] ?? null
}

export function findPeople(ctx: DomainContext, userIds: UserId[]) {
  return ctx.db
    .select({
      userId: users.id,
      name: sql<string>`trim(${users.firstName} || ' ' || ${users.lastName})`,
      email: users.email,
      role: users.role,
      state: users.state,
      organizationId: users.organizationId,
    })
    .from(users)
    .where(inArray(users.id, listed(userIds)))
}

/** The columns of a decision about an account. Who decided is told of admins only. */
export function decisionBy(ctx: DomainContext, decisionId: string) {
  const decidedById = ctx.actor.type === 'admin' ? ctx.actor.userId : null
  return { decisionId, decidedById, decidedAt: ctx.now }
}

/** True once the batch has written this decision: of several at once, one wins. */
export function decisionWon(userId: UserId, decisionId: string): SQL {
  return sql`exists (select 1 from users where id = ${userId} and decision_id = ${decisionId})`
}

/** Ids as one bound value: a statement takes a hundred. */
export function listed(ids: readonly string[]) {
  return sql`(select value from json_each(${JSON.stringify(ids)}))`
}

/** Tells the gateway in this isolate to look again at the keys of this person's apps. */
export async function forgetKeysOf(ctx: DomainContext, userId: UserId): Promise<void> {
  for (const id of await listKeysOf(ctx, userId)) ctx.forgetCredential(id)
}

/** The keys of apps that this person owns. */
export function listKeysOf(ctx: DomainContext, userId: UserId): Promise<Id<'crd'>[]> {
  return listKeysOfAll(ctx, [userId])
}

/** More than a thousand are found again by the gateway itself, within seconds. */
export async function listKeysOfAll(ctx: DomainContext, userIds: UserId[]): Promise<Id<'crd'>[]> {
  const rows = await ctx.db
    .select({ id: credentials.id })
    .from(credentials)
    .innerJoin(apps, eq(apps.id, credentials.appId))
    .where(inArray(apps.ownerId, listed(userIds)))
    .limit(1000)
  return rows.map((row) => row.id)
}
