// The chain of seals over the audit log: whatever is done to a sealed event by somebody who can write the database, the
// check says so and where.
import { env } from 'cloudflare:workers'
import { asc, isNull, max, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { genesis, sealAfter, verifyEntries } from '~/domain/notifications/audit-chain'
import { entriesPerPage, verifyChain } from '~/domain/notifications/queries-chain.server'
import { sealEvents } from '~/domain/notifications/seal-events.server'
import { sealTools } from '~/platform/audit-seal'
import { paths } from '~/platform/paths'
import { readAnchor, sealAuditLog, writeAnchor } from '~/platform/seal-audit-log'
import { eventSeals, events } from '~db/schema'
import { contextFor, db, system } from '~test/support/context'
import { eventOf } from '~test/support/notifications'
import { origin, signedIn } from '~test/support/portal'
import { takeLoggedErrors } from '~test/support/setup'
import * as world from '~test/support/world'

const tools = sealTools(env.VAULT_KEYS)
const start = { head: genesis, unproven: 0 }

const check = async (anchor: Awaited<ReturnType<typeof readAnchor>> = null) =>
  verifyChain({ db }, tools, start, anchor)

async function happen(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < count; at += 1)
    ids.push(
      await eventOf(
        { type: 'team.created', subjectType: 'team', subjectId: 'team_1', data: { name: `Team “${at}” é` } },
        system,
        Date.now() + at,
      ),
    )
  return ids
}

/** Somebody who can do everything in the database. */
async function tamper(...statements: string[]): Promise<void> {
  const triggers = [
    'events_sealed_stay',
    'events_sealed_are_kept',
    'event_seals_stay',
    'event_seals_are_kept',
  ]
  const kept = await env.DB.prepare(
    `select sql from sqlite_master where type = 'trigger' and name in ('${triggers.join("','")}')`,
  ).all<{ sql: string }>()
  for (const name of triggers) await env.DB.prepare(`drop trigger ${name}`).run()
  for (const statement of statements) await env.DB.prepare(statement).run()
  for (const trigger of kept.results) await env.DB.prepare(trigger.sql).run()
}

let ids: string[] = []
beforeEach(async () => {
  await tamper('delete from event_seals', 'delete from deliveries', 'delete from events')
  await env.TOKENS.delete('audit_log_anchor')
  ids = await happen(6)
  await sealAuditLog(env)
})

test('what is sealed stands in one chain, each event once, and the check finds it unbroken', async () => {
  expect(await check()).toMatchObject({ complete: true, broken: null, head: { seq: 6 }, unproven: 0 })
  const seals = await db.select().from(eventSeals).orderBy(asc(eventSeals.seq))
  expect(seals.map((seal) => seal.eventId)).toEqual(ids)
  await happen(1)
  expect(await check()).toMatchObject({ complete: true, unsealed: 1 })
  await sealAuditLog(env)
  expect(await check()).toMatchObject({ head: { seq: 7 }, unsealed: 0 })
})

test('of forty who seal at once, the chain has each event once and no gap', async () => {
  await happen(30)
  const counts = await Promise.all(Array.from({ length: 40 }, () => sealEvents(contextFor(system), tools)))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30)
  expect(await check()).toMatchObject({ complete: true, broken: null, head: { seq: 36 } })
  expect(await db.select().from(events).where(isNull(events.sealedAt))).toHaveLength(0)
})

test('a page of the check goes on where the one before it ended', async () => {
  const first = await verifyChain({ db }, tools, start, null, 4)
  expect(first).toMatchObject({ complete: false, broken: null, head: { seq: 4 } })
  expect(await verifyChain({ db }, tools, { head: first.head, unproven: 0 }, null, 4)).toMatchObject({
    complete: true,
    head: { seq: 6 },
  })
})

test.each([
  ['data', `data = '{"name":"Nothing to see"}'`],
  ['actor', `actor_label = 'Somebody else'`],
  ['time', 'created_at = created_at - 1'],
  ['address', 'ip = null'],
  ['subject', `subject_id = 'team_2'`],
])('an event whose %s was changed is told', async (_what, change) => {
  await tamper(`update events set ${change} where id = '${ids[2]}'`)
  expect((await check()).broken).toEqual({ seq: 3, eventId: ids[2], kind: 'changed' })
})

test('an event that was deleted is told, with its seal and without it', async () => {
  await tamper(`delete from events where id = '${ids[3]}'`)
  expect((await check()).broken).toEqual({ seq: 4, eventId: ids[3], kind: 'missing' })
  await tamper(`delete from event_seals where seq = 4`)
  expect((await check()).broken).toEqual({ seq: 4, eventId: null, kind: 'missing' })
})

test('a gap that is closed by counting anew is told', async () => {
  await tamper(
    `delete from events where id = '${ids[3]}'`,
    'delete from event_seals where seq = 4',
    'update event_seals set seq = seq - 1 where seq > 4',
  )
  expect((await check()).broken).toEqual({ seq: 4, eventId: ids[4], kind: 'changed' })
})

test('two events that changed places are told', async () => {
  await tamper(
    `update event_seals set event_id = 'evt_x' where seq = 2`,
    `update event_seals set event_id = '${ids[1]}' where seq = 3`,
    `update event_seals set event_id = '${ids[2]}' where seq = 2`,
  )
  expect((await check()).broken).toMatchObject({ seq: 2, kind: 'changed' })
})

test('an event that was put in by hand is told, as long as it says that it is sealed', async () => {
  await tamper(
    `insert into events (id, type, actor_type, actor_label, subject_type, subject_id, data, request_id, created_at, planned_at, sealed_at)
      values ('evt_by_hand', 'team.created', 'system', 'Portico', 'team', 'team_1', '{}', 'r', 1, 1, 1)`,
  )
  expect((await check()).broken).toMatchObject({ eventId: 'evt_by_hand', kind: 'inserted' })
})

test('a chain that is made anew without the key is told, hashes and all', async () => {
  await tamper(`update events set data = '{"name":"Better"}' where id = '${ids[2]}'`)
  const rows = await db.select().from(events).orderBy(asc(events.createdAt))
  const other = sealTools(`1:${btoa('y'.repeat(32))}`)
  const forged = await sealAfter(other, genesis, rows, Date.now())
  await tamper(
    'delete from event_seals',
    ...forged.map(
      (seal) =>
        `insert into event_seals (seq, event_id, sealed_at, hash, key_version, mac)
          values (${seal.seq}, '${seal.eventId}', ${seal.sealedAt}, '${seal.hash}', '1', '${seal.mac}')`,
    ),
  )
  expect((await check()).broken).toEqual({ seq: 1, eventId: ids[0], kind: 'forged' })
})

test('a log whose end was cut off is told by what is known of it elsewhere, and the anchor stays', async () => {
  await writeAnchor(env)
  const anchor = await readAnchor(env)
  expect(anchor?.seq).toBe(6)
  await tamper(`delete from events where id = '${ids[5]}'`, 'delete from event_seals where seq = 6')
  expect((await check()).complete).toBe(true)
  expect((await check(anchor)).broken).toEqual({ seq: 6, eventId: null, kind: 'cut' })
  // Neither does it help to let the log grow over the place.
  await happen(3)
  await sealAuditLog(env)
  await writeAnchor(env)
  expect(await readAnchor(env)).toEqual(anchor)
  expect((await check(anchor)).broken).toMatchObject({ seq: 6, kind: 'forged' })
})

test('a key that the portal has no more leaves the end unproven; a newer seal proves what is before it', async () => {
  const rotated = sealTools(`2:${btoa('x'.repeat(32))}`)
  expect(await verifyChain({ db }, rotated, start, null)).toMatchObject({ complete: true, unproven: 6 })
  await happen(1)
  await sealEvents(contextFor(system), rotated)
  expect(await verifyChain({ db }, rotated, start, null)).toMatchObject({ complete: true, unproven: 0 })
})

test('a sealed event and its seal are neither changed nor deleted by a statement that goes astray', async () => {
  for (const statement of [
    `update events set data = '{}'`,
    'delete from events',
    'update event_seals set hash = mac',
    'delete from event_seals',
  ])
    await expect(env.DB.prepare(statement).run()).rejects.toThrow(/is not (changed|deleted)/)
  await env.DB.prepare('update events set planned_at = 5').run()
  expect(await check()).toMatchObject({ complete: true, broken: null })
})

test('without a key nothing is sealed and nothing else fails', async () => {
  await happen(1)
  await sealAuditLog({ ...env, VAULT_KEYS: '' })
  expect(takeLoggedErrors().join()).toContain('events_not_sealed')
  expect(await check()).toMatchObject({ unsealed: 1 })
})

test('the page checks as much as one request may and says that there is more; the next press goes on from there', async () => {
  const admin = await signedIn(await world.admin())
  await sealAuditLog(env)
  await tamper(
    `insert into events (id, type, actor_type, actor_label, subject_type, subject_id, data, request_id, created_at, planned_at)
      with recursive n (at) as (select 1 union all select at + 1 from n where at < ${entriesPerPage})
      select 'evt_many_' || at, 'team.created', 'system', 'Portico', 'team', 'team_1', '{}', 'r', at, 1 from n`,
  )
  for (let run = 0; run < 2; run += 1) await sealAuditLog(env)
  const first = await admin.get(paths.admin.verifyAuditLog)
  expect(first.html).toContain(`Unbroken up to entry 2,000`)
  expect(first.html).not.toContain('The log is unbroken')
  const next = /href="([^"]+verify\?[^"]+)"[^>]*>Go on</.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(new URL(next, origin).searchParams.get('seq')).toBe('2000')
  const second = await admin.get(next)
  expect(second.html).toContain('The log is unbroken')
  expect(second.html).not.toContain('Go on')
  const [last] = await db.select({ seq: max(eventSeals.seq) }).from(eventSeals)
  expect(second.html).toContain(`Entry ${last?.seq?.toLocaleString('en')}`)

  await tamper(`update events set actor_label = 'Eve' where id = 'evt_many_${entriesPerPage}'`)
  expect((await admin.get(paths.admin.verifyAuditLog)).html).toContain('Unbroken up to entry 2,000')
  expect((await admin.get(next)).html).toContain('tampered with at entry')
  // Who goes on from another hash than the entry's learns that something does not fit.
  expect((await admin.get(next.replace(/hash=..../, 'hash=0000'))).html).toContain(
    'tampered with at entry 2,001',
  )
})

test('the page says whether the log is unbroken, and what an export holds is checked without the portal', async () => {
  const admin = await signedIn(await world.admin())
  await sealAuditLog(env)
  const page = await admin.get(paths.admin.verifyAuditLog)
  expect(page.html).toContain('The log is unbroken')
  const exported = await (await admin.request(`${paths.admin.auditLogExport}?format=jsonl`)).text()
  const lines = exported
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const entries = lines
    .filter(({ seq }) => seq !== null)
    .sort((a, b) => a.seq - b.seq)
    .map((event) => ({ seal: event, eventId: event.id, event }))
  expect(entries.length).toBeGreaterThanOrEqual(6)
  expect((await verifyEntries(tools, start, entries)).broken).toBeNull()
  entries.splice(1, 1)
  expect((await verifyEntries(tools, start, entries)).broken).toMatchObject({ seq: 2, kind: 'missing' })

  await tamper(`update events set actor_label = 'Eve' where id = '${ids[4]}'`)
  const told = await admin.get(paths.admin.verifyAuditLog)
  expect(told.html).toContain('tampered with at entry 5')
  expect(told.html).toContain(paths.admin.auditEvent(ids[4] ?? ''))
  expect((await db.all(sql`select 1 from event_seals`)).length).toBeGreaterThan(0)
})
