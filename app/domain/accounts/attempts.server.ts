// How often one may try: counters in D1, one upsert before anything costly is done. A refused try counts but never
// lengthens the window, so a stranger can at most make an owner wait for its end.
import { and, inArray, type SQL, sql } from 'drizzle-orm'
import type { DomainContext } from '~/domain/kernel/context'
import { type DomainError, domainError } from '~/domain/kernel/errors'
import { attemptCounters } from '~db/schema'

export type AttemptLimit = { key: string; limit: number; windowSeconds: number }

const quarterHour = 15 * 60

/** Every limit of the accounts module, and of the token endpoint. Keys are hashes, so that the table names nobody. */
export const attemptLimits = {
  /** Tries on one account from one address. */
  logInHere: { limit: 10, windowSeconds: quarterHour },
  /** Tries on one account from wherever; an address from which its owner logged in lately is not held to it. */
  logInAccount: { limit: 30, windowSeconds: quarterHour },
  /** Tries on any account from one address: many people may share it. */
  logInAddress: { limit: 100, windowSeconds: quarterHour },
  registerAddress: { limit: 100, windowSeconds: quarterHour },
  inviteCodeAddress: { limit: 20, windowSeconds: quarterHour },
  resetRequestAddress: { limit: 50, windowSeconds: quarterHour },
  tokenAddress: { limit: 100, windowSeconds: quarterHour },
  changePassword: { limit: 10, windowSeconds: quarterHour },
  /** Codes for one account from one address. */
  secondFactorHere: { limit: 10, windowSeconds: quarterHour },
  /** Codes of an app for one account from wherever; not for an address that the account knows. */
  secondFactorAccount: { limit: 20, windowSeconds: quarterHour },
  /** The same in a day, for everybody (NIST SP 800-63B: at most 100). Recovery codes and passkeys work on. */
  secondFactorDay: { limit: 100, windowSeconds: 86_400 },
  /** Challenges for passkeys asked for from one address. */
  passkeyAddress: { limit: 200, windowSeconds: quarterHour },
  setupAddress: { limit: 20, windowSeconds: quarterHour },
  /** Requests of one token to the admin API. */
  apiToken: { limit: 600, windowSeconds: 60 },
  /** Tokens that open nothing, from one address. A good token from there works on. */
  apiAddress: { limit: 50, windowSeconds: quarterHour },
  /** Access tokens for one OAuth client. */
  oauthClient: { limit: 300, windowSeconds: 60 },
  /** Secrets that open nothing, from one address: for one client, and for any. A good secret from there works on. */
  oauthHere: { limit: 20, windowSeconds: quarterHour },
  oauthAddress: { limit: 50, windowSeconds: quarterHour },
} as const

export type AttemptKind = keyof typeof attemptLimits

/** The counter of one kind for these parts (an address, an account). */
export async function attemptLimit(
  ctx: DomainContext,
  kind: AttemptKind,
  ...parts: string[]
): Promise<AttemptLimit> {
  return { key: `${kind}:${await ctx.tokens.hash(parts.join('\n'))}`, ...attemptLimits[kind] }
}

/** Where a request comes from. One household holds a whole /64 of IPv6 addresses, so they count as one. */
export function addressOf(ctx: { source: { ip: string | null } }): string {
  const { ip } = ctx.source
  if (!ip) return 'unknown'
  if (!ip.includes(':')) return ip
  // An IPv4 address in IPv6 clothes: `::ffff:192.0.2.1`.
  if (ip.includes('.')) return ip.slice(ip.lastIndexOf(':') + 1)
  const [head = '', tail] = ip.split('::')
  const groups = head.split(':').filter(Boolean)
  if (tail !== undefined) while (groups.length < 4) groups.push('0')
  return groups.slice(0, 4).join(':')
}

/** The upsert that counts one try for each of `limits`; hand its rows to `refusedBy`. */
export function countAttempts(ctx: DomainContext, limits: AttemptLimit[]) {
  return ctx.db
    .insert(attemptCounters)
    .values(
      limits.map(({ key, windowSeconds }) => ({
        key,
        attempts: 1,
        resetsAt: ctx.now + windowSeconds * 1000,
      })),
    )
    .onConflictDoUpdate(oneMore(ctx))
    .returning()
}

/** The same for one limit, and only if `when` holds. */
export function countAttemptWhen(ctx: DomainContext, { key, windowSeconds }: AttemptLimit, when: SQL) {
  return ctx.db
    .insert(attemptCounters)
    .select(
      sql`select ${key} as key, 1 as attempts, ${ctx.now + windowSeconds * 1000} as resets_at where ${when}`,
    )
    .onConflictDoUpdate(oneMore(ctx))
    .returning()
}

function oneMore(ctx: DomainContext) {
  const over = sql`${attemptCounters.resetsAt} <= ${ctx.now}`
  return {
    target: attemptCounters.key,
    set: {
      attempts: sql`case when ${over} then 1 else ${attemptCounters.attempts} + 1 end`,
      resetsAt: sql`case when ${over} then excluded.resets_at else ${attemptCounters.resetsAt} end`,
    },
  }
}

/** A write that every address causes, known or not: an answer without one would come sooner and tell them apart. */
export async function countAddressee(ctx: DomainContext, email: string) {
  const key = `addressee:${await ctx.tokens.hash(email)}`
  return {
    statement: countAttempts(ctx, [{ key, limit: Number.POSITIVE_INFINITY, windowSeconds: quarterHour }]),
  }
}

type CounterRow = typeof attemptCounters.$inferSelect

/** The error to answer when one of `limits` was passed, or null. */
export function refusedBy(
  ctx: DomainContext,
  limits: AttemptLimit[],
  rows: CounterRow[],
): DomainError | null {
  let waitMs = 0
  for (const { key, limit } of limits) {
    const row = rows.find((counter) => counter.key === key)
    if (row && row.attempts > limit) waitMs = Math.max(waitMs, row.resetsAt - ctx.now)
  }
  if (waitMs <= 0) return null
  const retryAfterSeconds = Math.ceil(waitMs / 1000)
  const minutes = Math.ceil(retryAfterSeconds / 60)
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`
  return domainError('too_many_attempts', `Too many attempts. Wait ${wait}, then try again.`, {
    retryAfterSeconds,
  })
}

/** Forgets the tries of these counters, if `won` holds: it was the owner. */
export function clearAttempts(ctx: DomainContext, limits: AttemptLimit[], won?: SQL) {
  const keys = limits.map(({ key }) => key)
  return ctx.db.delete(attemptCounters).where(and(inArray(attemptCounters.key, keys), won))
}

/** Takes one try back, where others share the counter. */
export function refundAttempt(ctx: DomainContext, { key }: AttemptLimit) {
  return ctx.db
    .update(attemptCounters)
    .set({ attempts: sql`max(0, ${attemptCounters.attempts} - 1)` })
    .where(sql`${attemptCounters.key} = ${key}`)
}
