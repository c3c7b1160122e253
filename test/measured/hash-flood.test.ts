// Two hundred logins at once: limits answer before a hash is made, few hashes wait, and the rest of the portal answers.

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test, vi } from 'vitest'
import { domainError } from '~/domain/kernel/errors'
import { inTurn, maxWaiting } from '~/platform/hash-queue'
import { passwordTools } from '~/platform/passwords'
import worker from '~/worker'
import { newAddress, openPortal } from '~test/support/attacks'
import { origin, Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function postLogin(fields: Record<string, string>, ip: string): Promise<Response> {
  return new Portal().post('/auth/login', fields, { 'cf-connecting-ip': ip })
}

// Measured again before it fails: other work of the machine is no starvation.
test('two hundred parallel logins: each is answered, twelve hashes wait at most, and /live answers in between', {
  retry: 2,
}, async () => {
  const flood = Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      postLogin({ email: `flood-${n}@people.example`, password: 'not the password 1' }, newAddress()),
    ),
  )
  let done = false
  void flood.finally(() => {
    done = true
  })
  const times: number[] = []
  while (!done) {
    const began = performance.now()
    const live = await new Portal().request('/live')
    expect(live.status).toBe(200)
    times.push(performance.now() - began)
    await sleep(5)
  }
  const answers = await flood
  const statuses = answers.map((answer) => answer.status)
  expect(new Set(statuses)).toEqual(new Set([401, 503]))
  // The first and whoever found a place in the row were checked (on a busy machine one or two are taken to be gone);
  // nobody else cost a hash.
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(maxWaiting - 2)
  const busy = answers.find((answer) => answer.status === 503)
  expect(Number(busy?.headers.get('retry-after'))).toBeGreaterThan(0)
  const html = await busy?.text()
  expect(html).toContain('Wait some seconds, then try again.')
  expect(html).toContain('@people.example')
  const sorted = times.sort((a, b) => a - b)
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  // 250 ms, or what five hashes take where the machine is slow: one that runs, those whose turn comes first, and the pages
  // of whoever is turned away meanwhile. Starving, it would wait for all twelve.
  const alone = performance.now()
  await passwordTools.matches('x', world.passwordHash)
  expect(p95).toBeLessThan(Math.max(250, 5 * (performance.now() - alone)))
})

test('what a limit refuses costs no hash', async () => {
  const matches = vi.spyOn(passwordTools, 'matches')
  const ip = newAddress()
  const person = await world.developer()
  for (let n = 0; n < 10; n += 1) await postLogin({ email: person.email, password: 'not it' }, ip)
  expect(matches).toHaveBeenCalledTimes(10)
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => postLogin({ email: person.email, password: world.password }, ip)),
  )
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([429]))
  expect(matches).toHaveBeenCalledTimes(10)
})

test('a password of ten thousand characters is refused before it is hashed', async () => {
  const matches = vi.spyOn(passwordTools, 'matches')
  const hash = vi.spyOn(passwordTools, 'hash')
  const long = 'x'.repeat(10_000)
  expect((await postLogin({ email: 'a@people.example', password: long }, newAddress())).status).toBe(422)
  const portal = await signedIn(await world.developer())
  const form = { currentPassword: long, password: long, passwordAgain: long }
  expect((await portal.post('/auth/change-password', form)).status).toBe(422)
  expect(matches).not.toHaveBeenCalled()
  expect(hash).not.toHaveBeenCalled()
})

test('hashes are made one at a time, in order; whoever comes when the row is full is told at once', async () => {
  const order: number[] = []
  let running = 0
  const results = await Promise.all(
    Array.from({ length: maxWaiting + 6 }, (_, n) =>
      inTurn(async () => {
        running += 1
        expect(running).toBe(1)
        await sleep(5)
        running -= 1
        order.push(n)
        return n
      }),
    ),
  )
  expect(order).toEqual(Array.from({ length: maxWaiting + 1 }, (_, n) => n))
  expect(results.slice(maxWaiting + 1).map((result) => !result.ok && result.error.code)).toEqual(
    Array.from({ length: 5 }, () => 'temporarily_unavailable'),
  )
  expect(await inTurn(async () => 'again')).toEqual({ ok: true, value: 'again' })
})

test('a hash that fails, or a request that was cut off, blocks nobody for long', async () => {
  await expect(inTurn(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory')
  expect(await inTurn(async () => 1)).toMatchObject({ ok: true })
  // As one that is cut off: it never comes back.
  void inTurn(() => new Promise<never>(() => {}))
  const began = Date.now()
  expect(await inTurn(async () => 2)).toMatchObject({ ok: true })
  expect(Date.now() - began).toBeLessThan(30_000)
})

const limiter = (limit: (key: string) => boolean) => ({
  ...env,
  AUTH_LIMITER: { limit: async ({ key }: { key: string }) => ({ success: limit(key) }) },
})

async function askWith(environment: object, path: string, init: RequestInit = {}): Promise<Response> {
  const ctx = createExecutionContext()
  const request = new Request(`${origin}${path}`, {
    method: 'POST',
    body: new URLSearchParams({ email: 'a@people.example' }),
    redirect: 'manual',
    headers: { origin, 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': '2001:db8:1:2:3:4:5:6' },
    ...init,
  }) as Parameters<typeof worker.fetch>[0]
  const response = await worker.fetch(request, environment as Env, ctx)
  await waitOnExecutionContext(ctx)
  return response
}

test('the platform’s limiter refuses a flood before D1 is asked, by address, on every spelling of the forms', async () => {
  const keys: string[] = []
  const closed = {
    ...limiter((key) => keys.push(key) < 0),
    DB: new Proxy({}, { get: () => expect.unreachable('D1 was asked') }),
  }
  for (const path of [
    '/auth/login',
    '/auth/login.data',
    '/Auth/Login',
    '/auth/%6cogin',
    '//auth/reset',
    '/auth/register/',
    '/setup',
  ]) {
    const response = await askWith(closed, path)
    expect(response.status, path).toBe(429)
    expect(response.headers.get('retry-after')).toBe('60')
    expect(await response.text()).toContain('Wait a minute')
  }
  // One household is one address.
  expect(new Set(keys)).toEqual(new Set(['2001:db8:1:2']))
})

test('the limiter leaves alone what is read, and logging out; when it fails the exact limits decide', async () => {
  const closed = limiter(() => false)
  expect((await askWith(closed, '/auth/login', { method: 'GET', body: null })).status).toBe(200)
  expect((await askWith(closed, '/auth/logout')).status).toBe(303)
  const warnings: unknown[] = []
  vi.spyOn(console, 'warn').mockImplementation((line) => void warnings.push(line))
  const broken = {
    ...env,
    AUTH_LIMITER: { limit: () => Promise.reject(domainError('temporarily_unavailable', 'down')) },
  }
  expect((await askWith(broken, '/auth/reset')).status).toBe(303)
  expect((await askWith({ ...env, AUTH_LIMITER: undefined }, '/auth/reset')).status).toBe(303)
  expect(warnings.join('\n')).toContain('auth_limiter_failed')
})
