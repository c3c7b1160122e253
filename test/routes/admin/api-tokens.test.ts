// Settings › API tokens: made with a name, scopes and an end, shown once, listed with what became of them, and revoked.
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test, vi } from 'vitest'
import {
  apiTokenState,
  createApiTokenInput,
  isWellFormedApiToken,
  newApiToken,
} from '~/domain/accounts/api-token'
import { revokeApiToken } from '~/domain/accounts/revoke-api-token.server'
import type { AdminActor } from '~/domain/kernel/actor'
import { sha256Hex } from '~/platform/encoding'
import { paths } from '~/platform/paths'
import { apiTokens, events } from '~db/schema'
import { apiToken, callApi } from '~test/support/api'
import { databaseText } from '~test/support/attacks'
import { contextFor, db } from '~test/support/context'
import { deliver } from '~test/support/notifications'
import { type Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

let admin: AdminActor
let portal: Portal
beforeAll(async () => {
  admin = await world.admin()
  portal = await signedIn(admin)
})

const form = (name: string, scopes: string[] = ['organizations:write']) => ({
  name,
  scopes,
  lifetimeDays: '30',
})

async function created(name: string, scopes?: string[]) {
  const response = await portal.post(paths.admin.newApiToken, form(name, scopes))
  const html = await response.text()
  const token = /prt_admin_[0-9A-Za-z]{38}/.exec(html)?.[0] ?? ''
  const [row] = await db.select().from(apiTokens).where(eq(apiTokens.name, name))
  if (!row) throw new Error(`no token: ${response.status}`)
  return { response, html, token, row }
}

test('a new token is shown this one time, is kept as a hash, and works within its scopes until its end', async () => {
  const { response, html, token, row } = await created('Deploy robot')
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toContain('no-store')
  expect(html).toContain('shown this one time only')
  expect(isWellFormedApiToken(token)).toBe(true)
  expect(row).toMatchObject({
    tokenHash: await sha256Hex(token),
    hint: token.slice(-4),
    // Whoever writes reads.
    scopes: ['organizations:read', 'organizations:write'],
    createdById: admin.userId,
    revokedAt: null,
  })
  expect((row.expiresAt ?? 0) - row.createdAt).toBe(30 * 86_400_000)
  expect((await callApi('GET', '/organizations', { token })).status).toBe(200)
  expect((await callApi('GET', '/users', { token })).status).toBe(403)
  const list = await portal.get(paths.admin.apiTokens)
  expect(list.html).toContain('Deploy robot')
  expect(list.html).not.toContain(token)
})

test('a token needs a name, a scope that there is, and an end', async () => {
  const before = await db.$count(apiTokens)
  for (const bad of [
    { ...form(''), name: '' },
    form('None', []),
    form('Unknown', ['everything']),
    { ...form('For ever'), lifetimeDays: '36500' },
    { ...form('Long'), name: 'x'.repeat(81) },
  ]) {
    const response = await portal.post(paths.admin.newApiToken, bad)
    expect(response.status, bad.name).toBe(422)
    await response.body?.cancel()
  }
  expect(await db.$count(apiTokens)).toBe(before)
  expect(createApiTokenInput.safeParse(form('Ok', ['users:read'])).success).toBe(true)
})

test('any admin revokes a token, once; the next request with it is refused', async () => {
  const { token, row } = await created('To revoke')
  const other = await signedIn(await world.admin())
  const page = await other.get(paths.admin.revokeApiToken(row.id))
  expect(page.html).toContain('To revoke')
  expect((await other.post(paths.admin.revokeApiToken(row.id))).headers.get('location')).toBe(
    paths.admin.apiTokens,
  )
  expect((await callApi('GET', '/organizations', { token })).status).toBe(401)
  await other.post(paths.admin.revokeApiToken(row.id))
  expect(other.notice()).toContain('revoked already')
  for (const id of ['tok_01UNKNOWN', 'usr_1', 'x'])
    expect((await other.post(paths.admin.revokeApiToken(id))).status, id).toBe(404)
})

test('of forty who revoke one token at once, one does, and one event says so', async () => {
  const { tokenId } = await apiToken(admin)
  const results = await Promise.all(
    Array.from({ length: 40 }, () => revokeApiToken(contextFor(admin), tokenId)),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  const told = await db.select().from(events).where(eq(events.subjectId, tokenId))
  expect(told.map(({ type }) => type).sort()).toEqual(['api_token.created', 'api_token.revoked'])
})

test('the list says what became of a token: in use, expired, revoked, or stopped with its admin', async () => {
  const facts = { revokedAt: null, expiresAt: 1000, ownerIsActiveAdmin: true }
  expect(apiTokenState(facts, 999)).toBe('active')
  expect(apiTokenState(facts, 1000)).toBe('expired')
  expect(apiTokenState({ ...facts, ownerIsActiveAdmin: false }, 1)).toBe('stopped')
  expect(apiTokenState({ ...facts, revokedAt: 5 }, 2000)).toBe('revoked')
  await apiToken(await world.admin({ state: 'deactivated' }))
  expect((await portal.get(paths.admin.apiTokens)).html).toContain('Stopped')
})

test('a well-formed token differs from every mistyped one', () => {
  const token = newApiToken()
  expect(isWellFormedApiToken(token)).toBe(true)
  for (let at = 10; at < token.length; at += 1) {
    const other = token[at] === 'x' ? 'y' : 'x'
    expect(isWellFormedApiToken(`${token.slice(0, at)}${other}${token.slice(at + 1)}`), String(at)).toBe(
      false,
    )
  }
  for (const odd of [
    '',
    'prt_admin_',
    token.toLowerCase(),
    ` ${token}`,
    `${token}x`,
    token.replace('admin', 'live'),
  ])
    expect(isWellFormedApiToken(odd), odd).toBe(false)
})

test('a token is in no event, log line, queue message, table or later page, whatever is done with it', async () => {
  const seen: string[] = []
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => {
      seen.push(args.map(String).join(' '))
    })
  const sendBatch = env.EVENTS.sendBatch.bind(env.EVENTS)
  vi.spyOn(env.EVENTS, 'sendBatch').mockImplementation((messages, options) => {
    const all = [...messages]
    seen.push(JSON.stringify(all))
    return sendBatch(all, options)
  })
  const { token, row } = await created('Canary', ['organizations:write', 'users:read'])
  const name = `Canary ${crypto.randomUUID()}`
  const headers = { 'idempotency-key': 'canary' }
  for (const body of [{ name }, { [token]: 1 }])
    seen.push((await callApi('POST', '/organizations', { token, body, headers })).text.replaceAll(token, ''))
  seen.push((await callApi('GET', `/users?cursor=${'x'.repeat(401)}`, { token })).text)
  await callApi('GET', '/users', { token: `${token}x` })
  await portal.post(paths.admin.revokeApiToken(row.id))
  seen.push((await callApi('GET', '/users', { token })).text)
  for (const { id } of await db.select({ id: events.id }).from(events)) await deliver(id)
  for (const path of [
    paths.admin.apiTokens,
    paths.admin.auditLog,
    paths.admin.auditLogOf(row.id),
    paths.admin.deliveries,
  ])
    seen.push((await portal.get(path)).html)
  seen.push(await databaseText([]))
  const everything = seen.join('\n')
  expect(everything).toContain('api_token.created')
  expect(everything).toContain(row.id)
  expect(everything.includes(token)).toBe(false)
  expect(everything.includes(token.slice(10, 40))).toBe(false)
})
