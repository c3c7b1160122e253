// The demo world: made once, by the same commands that people use, at moments in the past weeks. Running it again changes
// only where the demo's upstream answers, which is on another port at each start.
import { and, eq, isNull, not, sql } from 'drizzle-orm'
import { createDatabase, type Database } from '~db/client'
import { accessRequests, apis, events, settings, users } from '~db/schema'
import { demoProducts } from '~demo/products'
import { seedActivity } from './seed-activity'
import { seedOffer } from './seed-offer'
import { contextOutside, type Seeder } from './seed-parts'
import { seedPeople } from './seed-people'

export type SeedOptions = {
  database: D1Database
  tokens: KVNamespace
  vaultKeys: string
  origin: string
  /** Where the demo's upstream answers, without a slash at the end. */
  upstreamUrl: string
}

const demoPortal = {
  portalName: 'Meridian Developers',
  homeMarkdown: 'Payments, shipping, identity and product data: the parts of commerce, as APIs.',
  homeHtml: '<p>Payments, shipping, identity and product data: the parts of commerce, as APIs.</p>',
  requireEmailVerification: false,
}

/** Fills an empty database; where the demo world is there already, only its upstream moves. */
export async function seedDemo(options: SeedOptions): Promise<void> {
  const db = createDatabase(options.database)
  const existing = await db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.emailKey, 'admin@demo.example'))
  if (existing.length > 0) return moveUpstream(db, options.upstreamUrl)

  const now = Date.now()
  const { tokens, vaultKeys, origin } = options
  const seeder: Seeder = { db, now, as: contextOutside({ db, tokens, vaultKeys, origin }) }
  await db.update(settings).set(demoPortal).where(eq(settings.id, 1))
  const people = await seedPeople(seeder)
  const offer = await seedOffer(seeder, people, options.upstreamUrl)
  await seedActivity(seeder, people, offer)
  await settleThePast(db, now)
}

async function moveUpstream(db: Database, upstreamUrl: string): Promise<void> {
  for (const product of demoProducts) {
    for (const api of product.apis) {
      await db
        .update(apis)
        .set({ upstreamUrl: `${upstreamUrl}${api.upstreamPath}` })
        .where(eq(apis.slug, api.slug))
    }
  }
}

/** Nobody gets a mail today about last month. What still waits for an admin is announced, so that the outbox shows it. */
async function settleThePast(db: Database, now: number): Promise<void> {
  const waitsForAdmin = sql`${events.subjectId} in (
    select ${users.id} from ${users} where ${users.state} = 'pending'
    union all select ${accessRequests.id} from ${accessRequests} where ${accessRequests.state} = 'pending')`
  await db
    .update(events)
    .set({ plannedAt: now })
    .where(and(isNull(events.plannedAt), not(waitsForAdmin)))
}
