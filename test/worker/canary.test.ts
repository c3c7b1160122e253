// Canary: a password, a reset token and an API key of their own go the whole way, and are looked for everywhere they must
// not be: log lines, events, deliveries, queue messages, tables, pages and headers.
import { env } from 'cloudflare:workers'
import { eq, isNull } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { paths } from '~/platform/paths'
import { apps, credentials, events, outboxMails, users } from '~db/schema'
import { db } from '~test/support/context'
import { deliver } from '~test/support/notifications'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

const canary = { password: 'tripwire over grass 7f3a91', newPassword: 'tripwire under snow b2c884' }

/** Every value of every table but the demo's outbox, which stands for the mailbox of the recipient. */
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

/** What the queue does by itself a moment later. */
async function drainEvents(): Promise<void> {
  const waiting = await db.select({ id: events.id }).from(events).where(isNull(events.plannedAt))
  for (const { id } of waiting) await deliver(id)
}

test('no password, token or key is in a log line, an event, a queue message, a table or a page but where it is revealed', async () => {
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
  const seen = async (response: Response): Promise<number> => {
    pages.push(
      `${response.url} ${JSON.stringify([...response.headers].filter(([name]) => name !== 'set-cookie'))} ${await response.text()}`,
    )
    return response.status
  }

  await world.setSettings({ autoApproveDevelopers: true, requireEmailVerification: false })
  const catalog = await world.catalog('public')
  const product = await world.product([catalog.id])
  const plan = await world.plan([catalog.id], { approval: 'auto' })
  const email = 'canary@people.example'
  const portal = new Portal()
  const person = { email, firstName: 'Cana', lastName: 'Ry' }
  await seen(await portal.post(paths.auth.register, { ...person, password: 'short', passwordAgain: 'short' }))
  await seen(
    await portal.post(paths.auth.register, {
      ...person,
      password: canary.password,
      passwordAgain: canary.password,
    }),
  )
  await seen(await portal.post(paths.auth.login(), { email, password: `${canary.password}-wrong` }))
  expect(await seen(await portal.post(paths.auth.login(), { email, password: canary.password }))).toBe(303)
  await seen(await portal.post(paths.cartAdd, { catalogId: catalog.id, productId: product.id }))
  const cart = await portal.get(paths.cart)
  const submissionId = /name="submissionId" value="([^"]+)"/.exec(cart.html)?.[1] ?? ''
  await seen(
    await portal.post(paths.cart, {
      submissionId,
      catalogId: catalog.id,
      productIds: product.id,
      planId: plan.id,
      credentialType: 'api_key',
      appChoice: 'new',
      appName: 'Canary app',
      appVisibility: 'personal',
      note: '',
    }),
  )
  const [app] = await db.select().from(apps).where(eq(apps.name, 'Canary app'))
  const [credential] = await db
    .select()
    .from(credentials)
    .where(eq(credentials.appId, app?.id ?? 'app_none'))
  const revealed = await portal.post(paths.dashboard.revealCredential(app?.id ?? '', credential?.id ?? ''))
  expect(revealed.headers.get('cache-control')).toContain('no-store')
  const key = /prt_live_[0-9A-Za-z]{38}/.exec(await revealed.text())?.[0] ?? ''
  expect(key).not.toBe('')
  await seen(
    await portal
      .get(paths.dashboard.app(app?.id ?? ''))
      .then(({ html, response }) => new Response(html, { headers: response.headers })),
  )
  const answer = await portal.request(`${paths.gateway(product.slug, product.apiSlug)}/anything`, {
    headers: { 'x-api-key': key },
  })
  expect(answer.status).toBe(200)
  expect(await answer.text()).not.toContain(key)

  await seen(await portal.post(paths.auth.reset, { email }))
  await drainEvents()
  const [mail] = await db.select().from(outboxMails).where(eq(outboxMails.subject, 'Reset your password'))
  const token = /reset\/code\?token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
  expect(token).not.toBe('')
  const mailbox = new Portal()
  const form = await mailbox.get(`${paths.auth.resetCode}?token=${token}`)
  const redemptionId = /name="redemptionId" value="([^"]+)"/.exec(form.html)?.[1] ?? ''
  await seen(
    await mailbox.post(paths.auth.resetCode, {
      redemptionId,
      password: canary.newPassword,
      passwordAgain: canary.newPassword,
    }),
  )
  const [user] = await db.select().from(users).where(eq(users.email, email))
  expect(user?.passwordHash).toMatch(/^\$scrypt\$/)
  await drainEvents()
  const admin = await signedIn(await world.admin())
  for (const path of [
    paths.admin.auditLog,
    paths.admin.deliveries,
    paths.admin.users,
    paths.admin.accessRequests,
  ]) {
    pages.push((await admin.get(path)).html)
  }

  const secrets = { ...canary, key, token }
  for (const [place, text] of Object.entries({
    log: logged.join('\n'),
    queue: queued.join('\n'),
    database: await databaseText(),
    page: pages.join('\n'),
  })) {
    for (const [name, secret] of Object.entries(secrets))
      expect(text.includes(secret), `the ${name} is in a ${place}`).toBe(false)
  }
  expect(queued.length).toBeGreaterThan(0)
}, 60_000)
