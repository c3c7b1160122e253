// Which credentials a change concerns, and by what the gateway knows them.
import { desc, eq, or, sql } from 'drizzle-orm'
import type { EventId, Id, OrganizationId } from '~/domain/kernel/ids'
import type { Database } from '~db/client'
import { apps, credentials } from '~db/schema'

export type ChangedCredentials = { credentialIds: Id<'crd'>[]; organizationIds: OrganizationId[] }

/** Those used last are the ones that somebody remembers: others are read anew anyway. */
const mostTold = 200

const known = { credentialId: credentials.id, type: credentials.type, secretHash: credentials.secretHash }

export async function listChangedCredentials(db: Database, changed: ChangedCredentials) {
  const among = (ids: readonly string[]) => sql`(select value from json_each(${JSON.stringify(ids)}))`
  return both(
    db,
    sql`${credentials.id} in ${among(changed.credentialIds)}`,
    sql`${apps.organizationId} in ${among(changed.organizationIds)}`,
  )
}

/** The credential that the event is about, those of its app, or those of its organization. */
export async function listCredentialsOfEvent(db: Database, eventId: EventId) {
  const of = (column: 'subject_id' | 'app_id') =>
    sql`(select ${sql.identifier(column)} from events where id = ${eventId})`
  return both(
    db,
    or(eq(credentials.id, of('subject_id')), eq(credentials.appId, of('app_id'))) ?? sql`false`,
    sql`${apps.organizationId} = (select subject_id from events where id = ${eventId} and subject_type = 'organization')`,
  )
}

async function both(db: Database, one: ReturnType<typeof sql>, ofOrganization: ReturnType<typeof sql>) {
  const [named, owned] = await db.batch([
    db.select(known).from(credentials).where(one).limit(mostTold),
    db
      .select(known)
      .from(credentials)
      .innerJoin(apps, eq(apps.id, credentials.appId))
      .where(ofOrganization)
      .orderBy(desc(credentials.lastUsedAt))
      .limit(mostTold),
  ])
  return [...named, ...owned]
}
