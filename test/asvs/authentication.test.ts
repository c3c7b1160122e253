// OWASP ASVS 5.0, chapter V6 (authentication), levels 1 and 2. docs/security.md leads from each requirement to its test.
import { eq } from 'drizzle-orm'
import * as fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { attemptLimits } from '~/domain/accounts/attempts.server'
import { commonestPasswords } from '~/domain/accounts/common-passwords'
import { logIn } from '~/domain/accounts/log-in.server'
import { passwordProblem } from '~/domain/accounts/password-policy'
import { passwordTools } from '~/platform/passwords'
import { events, users } from '~db/schema'
import { quickHash, quickPasswords } from '~test/domain/accounts/quick-passwords'
import { freshPassword, newAddress, openPortal } from '~test/support/attacks'
import { contextFor, db, visitor } from '~test/support/context'
import { Portal, signedIn } from '~test/support/portal'
import * as world from '~test/support/world'

vi.setConfig({ testTimeout: 120_000 })

beforeEach(openPortal)

const decisionRecords = import.meta.glob<string>('/docs/**/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const doc = (name: string) =>
  Object.entries(decisionRecords).find(([file]) => file.includes(name))?.[1] ??
  expect.unreachable(`no ${name}`)

const sources = import.meta.glob<string>(['/app/**/*.{ts,tsx}', '/db/**/*.ts', '/migrations/*.sql'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

const email = () => `v6-${crypto.randomUUID().slice(0, 8)}@people.example`
const names = { firstName: 'Noa', lastName: 'Berg' }

async function hashOf(userId: `usr_${string}`) {
  return (await db.select().from(users).where(eq(users.id, userId)))[0]?.passwordHash ?? null
}

async function tokenPage(purpose: 'password_reset' | 'invitation', path: string, userId: `usr_${string}`) {
  const ctx = contextFor(visitor)
  const token = await ctx.tokens.issue(
    purpose,
    { userId, version: 0, expiresAt: ctx.now + 86_400_000 },
    86_400,
  )
  const portal = new Portal()
  await portal.request(`${path}?token=${token}`)
  return portal
}

/** The five ways to choose a password, as a function that says whether one was taken. */
const entryPoints: Record<string, () => Promise<(password: string) => Promise<number>>> = {
  registration: async () => async (password) =>
    (
      await new Portal().post(
        '/auth/register',
        { email: email(), ...names, password, passwordAgain: password, inviteCode: '' },
        { 'cf-connecting-ip': newAddress() },
      )
    ).status,
  reset: async () => {
    const person = await world.developer()
    const portal = await tokenPage('password_reset', '/auth/reset/code', person.userId)
    return async (password) =>
      (
        await portal.post('/auth/reset/code', {
          redemptionId: crypto.randomUUID(),
          password,
          passwordAgain: password,
        })
      ).status
  },
  invitation: async () => {
    const person = await world.developer({ row: { state: 'invited', passwordHash: null } })
    const admin = await signedIn(await world.admin())
    await admin.post(`/admin/users/${person.userId}/invite`)
    const ctx = contextFor(visitor)
    const [row] = await db.select().from(users).where(eq(users.id, person.userId))
    const payload = {
      userId: person.userId,
      version: row?.resetVersion ?? 0,
      expiresAt: ctx.now + 86_400_000,
    }
    const portal = new Portal()
    await portal.request(`/auth/invite?token=${await ctx.tokens.issue('invitation', payload, 86_400)}`)
    return async (password) =>
      (
        await portal.post('/auth/invite', {
          redemptionId: crypto.randomUUID(),
          password,
          passwordAgain: password,
        })
      ).status
  },
  change: async () => {
    const portal = await signedIn(await world.developer())
    return async (password) =>
      (
        await portal.post('/auth/change-password', {
          currentPassword: world.password,
          password,
          passwordAgain: password,
        })
      ).status
  },
  'set-up': async () => {
    await db.delete(users).where(eq(users.role, 'admin'))
    return async (password) =>
      (
        await new Portal().post(
          '/setup',
          {
            setupToken: 'setup-token-of-the-tests',
            email: email(),
            ...names,
            password,
            passwordAgain: password,
          },
          { 'cf-connecting-ip': newAddress() },
        )
      ).status
  },
}

async function everywhere(passwords: string[], status: number): Promise<void> {
  for (const [place, open] of Object.entries(entryPoints)) {
    const choose = await open()
    for (const password of passwords)
      expect(await choose(password), `${place}: ${password.slice(0, 30)}`).toBe(status)
  }
}

test('v5.0.0-6.1.1: the record of limits names each limit as the code has it', () => {
  const record = doc('0012-attempt-limits')
  const rows: Record<keyof typeof attemptLimits, RegExp> = {
    logInHere: /account from one address \| (\d+)/,
    logInAccount: /account from anywhere \| (\d+)/,
    logInAddress: /address, any account \| (\d+)/,
    registerAddress: /registration: address \| (\d+)/,
    inviteCodeAddress: /wrong invite codes: address \| (\d+)/,
    resetRequestAddress: /reset request: address \| (\d+)/,
    tokenAddress: /verification link: address \| (\d+)/,
    changePassword: /change of password: user \| (\d+)/,
    setupAddress: /set-up: address \| (\d+)/,
    apiToken: /requests of one token \| (\d+)/,
    apiAddress: /open nothing, from one address \| (\d+)/,
    oauthClient: /access tokens of one client \| (\d+)/,
    oauthHere: /wrong secrets for one client, from one address \| (\d+)/,
    oauthAddress: /wrong secrets, from one address \| (\d+)/,
    secondFactorHere: /second factor: account from one address \| (\d+)/,
    secondFactorAccount: /codes of an app, account from anywhere \| (\d+)/,
    secondFactorDay: /codes of an app, account \| (\d+)/,
    passkeyAddress: /challenges for passkeys: address \| (\d+)/,
  }
  for (const [kind, pattern] of Object.entries(rows))
    expect(Number(pattern.exec(record)?.[1]), kind).toBe(
      attemptLimits[kind as keyof typeof attemptLimits].limit,
    )
})

test('v5.0.0-6.1.2: the words that a password must not be made of are documented', () => {
  expect(doc('docs/security.md')).toMatch(/email address[^.]*names?[^.]*portal/i)
})

test('v5.0.0-6.1.3: every way that opens a session is documented, and there are no others', () => {
  const setting = Object.keys(sources).filter(
    (file) => /sessionCookieHeader\(/.test(sources[file] ?? '') && !file.endsWith('/cookies.ts'),
  )
  expect(setting).toEqual(['/app/platform/enter.ts'])
  const opening = Object.keys(sources).filter((file) =>
    /\benter\b[^}]*\} from '~\/platform\/enter'/.test(sources[file] ?? ''),
  )
  const documented = doc('docs/security.md')
  expect(opening.length).toBeGreaterThan(0)
  for (const file of opening) expect(documented, file).toContain(file.replace(/^\//, ''))
  const writing = Object.keys(sources).filter((file) => /\.insert\(sessions\)/.test(sources[file] ?? ''))
  expect(writing).toEqual(['/app/domain/accounts/open-session.server.ts'])
})

test('v5.0.0-6.2.1: a password of seven characters is refused wherever one is chosen, even at the lowest setting', async () => {
  await world.setSettings({ passwordMinLength: 8 })
  await everywhere(['Zx9 kit'], 422)
  expect(await (await entryPoints['change']?.())?.('Zx9 kite')).toBe(303)
})

test('v5.0.0-6.2.2: users can change their password', async () => {
  const person = await world.developer()
  const before = await hashOf(person.userId)
  const portal = await signedIn(person)
  expect((await portal.get('/dashboard/profile')).html).toContain('href="/auth/change-password"')
  const form = { currentPassword: world.password, password: freshPassword, passwordAgain: freshPassword }
  expect((await portal.post('/auth/change-password', form)).status).toBe(303)
  expect(await hashOf(person.userId)).not.toBe(before)
})

test('v5.0.0-6.2.3: changing it needs the current password and the new one', async () => {
  const person = await world.developer()
  const before = await hashOf(person.userId)
  const portal = await signedIn(person)
  const fresh = { password: freshPassword, passwordAgain: freshPassword }
  const forms: Record<string, string>[] = [
    fresh,
    { ...fresh, currentPassword: '' },
    { ...fresh, currentPassword: 'not the password 1' },
    { ...fresh, currentPassword: `${world.password} ` },
    { currentPassword: world.password },
    { currentPassword: world.password, password: freshPassword, passwordAgain: `${freshPassword}!` },
  ]
  for (const form of forms) expect((await portal.post('/auth/change-password', form)).status).toBe(422)
  expect(await hashOf(person.userId)).toBe(before)
})

test('v5.0.0-6.2.4: the three thousand commonest passwords that are long enough are refused, wherever one is chosen', async () => {
  expect(commonestPasswords.size).toBeGreaterThanOrEqual(3000)
  const context = { minLength: 8, email: 'z@q.example', firstName: 'Zzq', lastName: 'Qqz', portalName: 'Zq' }
  const taken = [...commonestPasswords].filter((password) => passwordProblem(password, context) === null)
  expect(taken).toEqual([])
  for (const password of commonestPasswords) expect(password.length).toBeGreaterThanOrEqual(8)
  await everywhere(['password1234', 'iloveyou2026'], 422)
})

test('v5.0.0-6.2.5: any text of fifteen characters is accepted, whatever characters it is made of', () => {
  const context = { minLength: 15, email: 'z@q.example', firstName: 'Zzq', lastName: 'Qqz', portalName: 'Zq' }
  const one = (characters: string) =>
    fc.array(fc.constantFrom(...characters), { minLength: 15, maxLength: 64 }).map((all) => all.join(''))
  for (const characters of ['bdfhkmpqvwxz', 'BDFHKMPQVWXZ', 'äöüßéèñøåđ', 'пруклшцъыэюя', '日月山川田木火水'])
    void fc.assert(
      fc.property(
        one(characters).filter((text) => new Set(text).size > 6),
        (text) => passwordProblem(text, context) === null,
      ),
      { numRuns: 100 },
    )
})

test('v5.0.0-6.2.6: fields for passwords hide what is typed', async () => {
  for (const path of ['/auth/login', '/auth/register', '/setup']) {
    if (path === '/setup') await db.delete(users).where(eq(users.role, 'admin'))
    const { html } = await new Portal().get(path)
    const inputs = [...html.matchAll(/<input[^>]*name="[^"]*[pP]assword[^"]*"[^>]*>/g)].map(
      ([input]) => input,
    )
    expect(inputs.length, path).toBeGreaterThan(0)
    for (const input of inputs) expect(input).toContain('type="password"')
  }
})

test('v5.0.0-6.2.7: password managers and pasting are helped, never hindered', async () => {
  const login = (await new Portal().get('/auth/login')).html
  expect(login).toMatch(/<input[^>]*autoComplete="username"/i)
  expect(login).toMatch(/<input[^>]*autoComplete="current-password"/i)
  const register = (await new Portal().get('/auth/register')).html
  expect(register.match(/autoComplete="new-password"/gi)).toHaveLength(2)
  const hindering = Object.keys(sources).filter((file) =>
    /onPaste|onpaste|onDrop=|autoComplete="off"[^>]*type="password"/.test(sources[file] ?? ''),
  )
  expect(hindering).toEqual([])
})

test('v5.0.0-6.2.8: a password is checked exactly as it was typed', async () => {
  const typed = ' Ångström ﬁne Kites 7 '
  const hash = await passwordTools.hash(typed)
  if (!hash.ok) throw new Error(hash.error.message)
  expect(await passwordTools.matches(typed, hash.value)).toEqual({ ok: true, value: true })
  for (const other of [
    typed.trim(),
    typed.toLowerCase(),
    typed.slice(0, -1),
    typed.normalize('NFKC'),
    typed.normalize('NFD'),
    `${typed} `,
  ])
    expect(await passwordTools.matches(other, hash.value), JSON.stringify(other)).toEqual({
      ok: true,
      value: false,
    })
  const person = await world.developer({ row: { passwordHash: hash.value } })
  const log = async (password: string) =>
    (
      await new Portal().post(
        '/auth/login',
        { email: person.email, password },
        { 'cf-connecting-ip': newAddress() },
      )
    ).status
  expect(await log(typed.trim())).toBe(401)
  expect(await log(typed)).toBe(303)
})

test('v5.0.0-6.2.9: passwords of 64 and of 128 characters are taken, longer ones are refused before they are hashed', async () => {
  const text = (length: number) => Array.from({ length }, (_, n) => 'kite over Oslo 7!'[n % 17]).join('')
  const change = async (password: string) => {
    const portal = await signedIn(await world.developer())
    const form = { currentPassword: world.password, password, passwordAgain: password }
    return (await portal.post('/auth/change-password', form)).status
  }
  expect(await change(text(64))).toBe(303)
  expect(await change(text(128))).toBe(303)
  const hash = vi.spyOn(passwordTools, 'hash')
  expect(await change(text(129))).toBe(422)
  expect(await change(text(10_000))).toBe(422)
  expect(hash).not.toHaveBeenCalled()
})

test('v5.0.0-6.2.10: a password stays valid until it is changed: nothing in the code lets one expire', async () => {
  const person = await world.developer({ row: { passwordChangedAt: 1, createdAt: 1 } })
  const ctx = {
    ...contextFor(visitor, Date.now() + 10 * 365 * 86_400_000),
    source: { ip: newAddress(), country: null, userAgent: null },
  }
  expect(await logIn(ctx, { email: person.email, password: world.password })).toMatchObject({
    ok: true,
    value: { mustChangePassword: false },
  })
})

test('v5.0.0-6.2.11: passwords made of the portal’s, the person’s or the address’s words are refused', async () => {
  await world.setSettings({ portalName: 'Meridian' })
  const choose = async (password: string, changes: Record<string, string> = {}) =>
    (
      await new Portal().post(
        '/auth/register',
        { email: email(), ...names, password, passwordAgain: password, inviteCode: '', ...changes },
        { 'cf-connecting-ip': newAddress() },
      )
    ).status
  expect(await choose('Meridian2026!!!!')).toBe(422)
  expect(await choose('Berglund-7-kites', { lastName: 'Berglund' })).toBe(422)
  expect(await choose('noaberg-7-kites!', { email: 'noaberg@people.example' })).toBe(422)
  await world.setSettings({ portalName: 'Developer portal' })
})

test('v5.0.0-6.3.1: guessing ends at the documented limits, and none of them locks an owner out for good', async () => {
  const quick = (now: number, ip: string) => ({
    ...contextFor(visitor, now),
    passwords: quickPasswords,
    source: { ip, country: null, userAgent: null },
  })
  const person = await world.developer()
  await db
    .update(users)
    .set({ passwordHash: await quickHash(world.password) })
    .where(eq(users.id, person.userId))
  const now = Date.now()
  const tooMany = { error: { code: 'too_many_attempts' } }
  // One account, from as many addresses as it takes.
  for (let n = 0; n < attemptLimits.logInAccount.limit; n += 1)
    await logIn(quick(now, newAddress()), { email: person.email, password: 'wrong' })
  expect(
    await logIn(quick(now, newAddress()), { email: person.email, password: world.password }),
  ).toMatchObject(tooMany)
  // One address, over as many accounts.
  const ip = newAddress()
  for (let n = 0; n < attemptLimits.logInAddress.limit; n += 1)
    await logIn(quick(now, ip), { email: email(), password: 'wrong' })
  expect(await logIn(quick(now, ip), { email: email(), password: 'wrong' })).toMatchObject(tooMany)
  // Trying on while refused lengthens nothing.
  const end = now + attemptLimits.logInAccount.windowSeconds * 1000
  for (let n = 0; n < 5; n += 1)
    await logIn(quick(end - 1000, newAddress()), { email: person.email, password: 'wrong' })
  expect(
    await logIn(quick(end + 1, newAddress()), { email: person.email, password: world.password }),
  ).toMatchObject({ ok: true })
})

test('v5.0.0-6.3.2: a migrated database has no account, and no migration a password', async () => {
  const migrations = Object.entries(sources).filter(([file]) => file.endsWith('.sql'))
  expect(migrations.length).toBeGreaterThan(0)
  for (const [file, text] of migrations) {
    expect(/insert\s+into\s+[`"]?users/i.test(text), file).toBe(false)
    expect(text.includes('$scrypt$'), file).toBe(false)
  }
  for (const demo of ['admin@demo.example', 'ada@northwind.example'])
    expect(await db.select().from(users).where(eq(users.emailKey, demo))).toEqual([])
})

test('v5.0.0-6.3.4: every way in keeps to the same limits and states: none opens a session for who may not log in', async () => {
  for (const state of ['pending', 'rejected', 'deactivated', 'invited'] as const) {
    const person = await world.developer({ row: { state } })
    const ctx = { ...contextFor(visitor), source: { ip: newAddress(), country: null, userAgent: null } }
    expect(await logIn(ctx, { email: person.email, password: world.password })).toMatchObject({ ok: false })
    const portal = await tokenPage('password_reset', '/auth/reset/code', person.userId)
    const form = { redemptionId: crypto.randomUUID(), password: freshPassword, passwordAgain: freshPassword }
    expect((await portal.post('/auth/reset/code', form)).status).toBe(410)
    expect((await portal.request('/dashboard/profile')).status).toBe(303)
  }
})

test('v5.0.0-6.3.5: a changed password is told to its owner by mail, whoever changed it', async () => {
  const person = await world.developer()
  const portal = await signedIn(person)
  const form = { currentPassword: world.password, password: freshPassword, passwordAgain: freshPassword }
  await portal.post('/auth/change-password', form)
  const written = await db.select().from(events).where(eq(events.subjectId, person.userId))
  expect(written.map((event) => event.type)).toContain('user.password_changed')
})

test('v5.0.0-6.4.2: there are no hints and no secret questions', () => {
  const asking = Object.keys(sources).filter((file) =>
    /password.?hint|secret.?question|security.?question|mother'?s maiden/i.test(sources[file] ?? ''),
  )
  expect(asking).toEqual([])
})

test('v5.0.0-6.4.1: the secret of an invitation is random, lasts seven days, works once and is no password', async () => {
  const person = await world.developer({ row: { state: 'invited', passwordHash: null } })
  const admin = await signedIn(await world.admin())
  await admin.post(`/admin/users/${person.userId}/invite`)
  const { invitationLifetimeMs } = await import('~/domain/accounts/invitation')
  expect(invitationLifetimeMs).toBe(7 * 86_400_000)
  const ctx = contextFor(visitor)
  const [row] = await db.select().from(users).where(eq(users.id, person.userId))
  const payload = {
    userId: person.userId,
    version: row?.resetVersion ?? 0,
    expiresAt: ctx.now + invitationLifetimeMs,
  }
  const tokens = await Promise.all([1, 2, 3].map(() => ctx.tokens.issue('invitation', payload, 600)))
  expect(new Set(tokens).size).toBe(3)
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
  const token = tokens[0] ?? ''
  const accept = async (password: string) => {
    const portal = new Portal()
    await portal.request(`/auth/invite?token=${token}`)
    const form = { redemptionId: crypto.randomUUID(), password, passwordAgain: password }
    return (await portal.post('/auth/invite', form)).status
  }
  expect(await accept(freshPassword)).toBe(303)
  expect(await accept('another one 99 kites')).toBe(410)
  const log = await logIn(
    { ...ctx, source: { ...ctx.source, ip: newAddress() } },
    { email: person.email, password: token },
  )
  expect(log).toMatchObject({ ok: false })
})

test('v5.0.0-6.4.6: an admin can start a reset or an invitation, but cannot choose the password of an account that has one', async () => {
  const person = await world.developer()
  const before = await hashOf(person.userId)
  const admin = await signedIn(await world.admin())
  const chosen = { password: freshPassword, passwordAgain: freshPassword, setPassword: 'on' }
  await admin.post(`/admin/users/${person.userId}/edit`, {
    ...names,
    email: person.email,
    organizationId: 'org_default',
    orgRole: 'team_member',
    ...chosen,
  })
  await admin.post(`/admin/users/${person.userId}/invite`, chosen)
  expect(await hashOf(person.userId)).toBe(before)
})

test('v5.0.0-11.4.2: the stored hash names its parameters, which are of the approved ones, and a weaker one is made anew at login', async () => {
  const hash = await passwordTools.hash(freshPassword)
  const [, logN, r, p] =
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$[\w+/]{22}\$[\w+/]{43}$/.exec(hash.ok ? hash.value : '') ?? []
  // ASVS appendix C: r = 8, and N ≥ 2^15 where p ≥ 3. The runtime refuses N·r·p over 2^20.
  expect({ r: Number(r), enough: Number(logN) >= 15 && Number(p) >= 3 }).toEqual({ r: 8, enough: true })
  expect(2 ** Number(logN) * Number(r) * Number(p)).toBeLessThanOrEqual(2 ** 20)
  const { scryptSync } = await import('node:crypto')
  const weaker = { N: 2 ** 14, r: 8, p: 1 }
  const key = scryptSync(world.password, Buffer.alloc(16, 7), 32, weaker)
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  const person = await world.developer({
    row: { passwordHash: `$scrypt$ln=14,r=8,p=1$${text(Buffer.alloc(16, 7))}$${text(key)}` },
  })
  const log = async (password: string) =>
    (
      await new Portal().post(
        '/auth/login',
        { email: person.email, password },
        { 'cf-connecting-ip': newAddress() },
      )
    ).status
  expect(await log('not the password 1')).toBe(401)
  expect(await hashOf(person.userId)).toContain('ln=14')
  expect(await log(world.password)).toBe(303)
  expect(await hashOf(person.userId)).toContain('ln=15,r=8,p=3')
  expect(await log(world.password)).toBe(303)
})
