// Quotas that run out, as the object that counts them notices it: what is still to be told, and what was told before.
// It is on disk before the lease that caused it leaves, so that nothing is forgotten and nothing noticed twice.
import type { Terms } from '~/domain/gateway/lease'
import { type Noticed, noticeKey, type QuotaNotice, quotaNotice } from '~/domain/gateway/quota-notice'
import { tellQuota } from '~/domain/gateway/tell-quota.server'
import type { Id } from '~/domain/kernel/ids'
import { enqueueEvents } from './queue'
import { systemContext } from './system-context'

type Stored = { noticed: Noticed; waiting: readonly QuotaNotice[] }

export type QuotaNotices = {
  /** True when there is something to tell. */
  watch(limitsId: Id<'req'>, quota: NonNullable<Terms['quota']>, used: number, now: number): boolean
  /** Rejects when D1 cannot be reached: what waits, waits. */
  tell(env: Env): Promise<void>
}

export function createQuotaNotices(kv: SyncKvStorage): QuotaNotices {
  let stored = kv.get<Stored>('quota notices') ?? { noticed: {}, waiting: [] }
  const keep = (next: Stored) => {
    stored = next
    kv.put('quota notices', next)
  }
  return {
    watch(limitsId, quota, used, now) {
      const notice = quotaNotice(quota, used, stored.noticed, now)
      if (!notice) return false
      const { start, percent } = notice
      keep({
        noticed: { ...stored.noticed, [noticeKey(quota)]: { start, percent } },
        waiting: [...stored.waiting, { limitsId, ...notice }],
      })
      return true
    },
    async tell(env) {
      for (const notice of stored.waiting) {
        const ctx = systemContext(env)
        await tellQuota(ctx, notice)
        keep({ ...stored, waiting: stored.waiting.filter((other) => other !== notice) })
        await enqueueEvents(env, ctx.announced)
      }
    },
  }
}
