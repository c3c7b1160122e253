// What a canary test watches while secrets of its own go their way: log lines, queue messages and pages as they pass,
// and at the end every value of every table, of KV and of the Durable Objects. The demo's outbox stands for the recipients' mailboxes: the links
// in it are meant to be there.
import { listDurableObjectIds, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq, isNull } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import { paths } from '~/platform/paths'
import { events, outboxMails } from '~db/schema'
import { db } from './context'
import { deliver } from './notifications'
import { type Portal, signedIn } from './portal'
import * as world from './world'

async function databaseText(): Promise<string> {
  const tables = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%' and name <> 'outbox_mails'",
  ).all<{ name: string }>()
  const texts = await Promise.all(
    tables.results.map(async ({ name }) =>
      JSON.stringify((await env.DB.prepare(`select * from "${name}"`).all()).results),
    ),
  )
  return texts.join('\n')
}

async function tokenStoreText(): Promise<string> {
  const { keys } = await env.TOKENS.list()
  const entries = await Promise.all(
    keys.map(async ({ name, metadata }) => [name, metadata, await env.TOKENS.get(name)]),
  )
  return JSON.stringify(entries)
}

async function objectsText(): Promise<string> {
  const texts = await Promise.all(
    (await listDurableObjectIds(env.LIMITER)).map((id) =>
      runInDurableObject(env.LIMITER.get(id), (_object, state) => {
        const tables = state.storage.sql
          .exec<{ name: string }>(
            "select name from sqlite_master where type = 'table' and name not like '_cf_%'",
          )
          .toArray()
        const rows = tables.map(({ name }) => state.storage.sql.exec(`select * from "${name}"`).toArray())
        return JSON.stringify([[...state.storage.kv.list()], rows])
      }),
    ),
  )
  return texts.join('\n')
}

/** What the queue does by itself a moment later: every event that waits is planned and its mails are sent. */
export async function drainEvents(): Promise<void> {
  const waiting = await db.select({ id: events.id }).from(events).where(isNull(events.plannedAt))
  for (const { id } of waiting) await deliver(id)
}

/** What the pattern's group finds in the newest mail with that subject. */
export async function foundInMail(subject: string, pattern: RegExp): Promise<string> {
  await drainEvents()
  const mails = await db.select().from(outboxMails).where(eq(outboxMails.subject, subject))
  const found = pattern.exec(mails.at(-1)?.text ?? '')?.[1]
  if (!found) throw new Error(`no mail "${subject}" with ${pattern}`)
  return found
}

/** Begins to watch. Hand every answer to `seen`, and at the end every secret to `expectNowhere`. */
export function watch() {
  const logged: string[] = []
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => {
      logged.push(args.map(String).join(' '))
    })
  }
  const queued: string[] = []
  const sendBatch = env.EVENTS.sendBatch.bind(env.EVENTS)
  vi.spyOn(env.EVENTS, 'sendBatch').mockImplementation((messages, options) => {
    const all = [...messages]
    queued.push(JSON.stringify(all))
    return sendBatch(all, options)
  })
  const pages: string[] = []

  /** Keeps headers (cookies belong to the browser) and body. Answers the status. */
  async function seen(response: Response): Promise<number> {
    const headers = [...response.headers].filter(([name]) => name !== 'set-cookie')
    pages.push(`${response.url} ${JSON.stringify(headers)} ${await response.text()}`)
    return response.status
  }

  async function visit(portal: Portal, ...addresses: string[]): Promise<void> {
    for (const address of addresses) pages.push((await portal.get(address)).html)
  }

  async function expectNowhere(secrets: Record<string, string>): Promise<void> {
    await drainEvents()
    const { auditLog, deliveries, users, accessRequests } = paths.admin
    await visit(await signedIn(await world.admin()), auditLog, deliveries, users, accessRequests)
    const places = {
      'log line': logged.join('\n'),
      'queue message': queued.join('\n'),
      table: await databaseText(),
      'value of KV': await tokenStoreText(),
      'Durable Object': await objectsText(),
      page: pages.join('\n'),
    }
    expect(queued.length).toBeGreaterThan(0)
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length, `the ${name} was never made`).toBeGreaterThan(5)
      for (const [place, text] of Object.entries(places))
        expect(text.includes(secret), `the ${name} is in a ${place}`).toBe(false)
    }
  }

  return { seen, visit, expectNowhere }
}
