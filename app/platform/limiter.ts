// The object that counts. Named after an access request it keeps that subscription's limits, also for the requests that
// change its plan, so that neither a rotated key nor another plan brings a new quota; named after a credential it adds up its
// usage; named after a key it keeps the record of its credential at hand for all isolates.
// It is single-threaded and every count is on disk before an answer leaves it: evicted or restarted, it forgets nothing.
import { DurableObject } from 'cloudflare:workers'
import {
  fromStored,
  grantLease,
  type LeaseAnswer,
  type LeaseAsk,
  type LimitState,
  noCalls,
  type StoredBefore,
  type Terms,
} from '~/domain/gateway/lease'
import { findCredentialSnapshot, findSnapshotOfToken } from '~/domain/gateway/queries.server'
import { recordRefusals } from '~/domain/gateway/record-refusals.server'
import { recordUsage } from '~/domain/gateway/record-usage.server'
import type { RefusedCall } from '~/domain/gateway/refused-call'
import type { UsageOwner } from '~/domain/gateway/usage'
import type { Id } from '~/domain/kernel/ids'
import { createDatabase } from '~db/client'
import {
  type CredentialRecord,
  createCredentialRecord,
  type RecordAnswer,
  type RecordOf,
} from './credential-record'
import { createUsageLedger, type UsageLedger, type UsageReport } from './limiter-ledger'
import { createQuotaNotices, type QuotaNotices } from './limiter-notices'
import { createRefusalLedger, type RefusalLedger } from './limiter-refusals'
import { logError, logWarning } from './log'

/** Usage is gathered this long before it goes to D1, so that many reports make one write; longer while there is much of it. */
const gatherMs = 1000
const gatherBusyMs = 5000
/** After a failed write. */
const retryMs = 10_000

export class CredentialLimiter extends DurableObject<Env> {
  private limits: LimitState | null = null
  private ledger: UsageLedger | null = null
  private notices: QuotaNotices | null = null
  private wroteAt = 0
  private refusalLedger: RefusalLedger | null = null
  private record: CredentialRecord | null = null

  /** `of` is what the object is named after. Null for an `of` that is nobody's. */
  async find(of: RecordOf, fresh: boolean): Promise<RecordAnswer> {
    this.record ??= createCredentialRecord(() => {
      const db = createDatabase(this.env.DB)
      return 'secretHash' in of
        ? findCredentialSnapshot(db, of.secretHash)
        : findSnapshotOfToken(db, of.credentialId)
    })
    try {
      return { ok: true, snapshot: await this.record.find(fresh) }
    } catch (error) {
      logError('record_not_read', error)
      return { ok: false }
    }
  }

  changed(): void {
    this.record?.changed()
  }

  /** `limitsId` is what the object is named after. */
  lease(terms: Terms, ask: LeaseAsk, limitsId?: Id<'req'>): LeaseAnswer {
    const { state, answer } = grantLease(this.limits ?? this.readLimits(terms), terms, ask, Date.now())
    // A refusal takes nothing, and a flood of them writes nothing.
    if (answer.granted + answer.ahead > 0 || ask.returned) this.ctx.storage.kv.put('limits', state)
    this.limits = state
    if (limitsId && terms.quota) this.watchQuota(limitsId, terms.quota, state)
    return answer
  }

  async report(owner: UsageOwner, report: UsageReport): Promise<void> {
    const now = Date.now()
    this.usage().add(owner, report, now)
    await this.wakeIn(now - this.wroteAt < 2 * gatherBusyMs ? gatherBusyMs : gatherMs)
  }

  /** Calls that were refused to this credential, for whoever asks why. */
  async refused(owner: UsageOwner, refusals: RefusedCall[]): Promise<void> {
    this.refusals().add(owner, refusals, Date.now())
    await this.wakeIn(gatherMs)
  }

  override async alarm(): Promise<void> {
    await this.writeUsage()
    await this.writeRefusals()
    await this.tellQuota()
  }

  private watchQuota(limitsId: Id<'req'>, quota: NonNullable<Terms['quota']>, state: LimitState): void {
    const used = state.quotas[quota.period]?.used ?? 0
    if (this.quotaNotices().watch(limitsId, quota, used, Date.now()))
      this.ctx.waitUntil(this.wakeIn(gatherMs))
  }

  private async tellQuota(): Promise<void> {
    try {
      await this.quotaNotices().tell(this.env)
    } catch (error) {
      logError('quota_not_told', error, {})
      await this.wakeIn(retryMs)
    }
  }

  private async writeUsage(): Promise<void> {
    const usage = this.usage()
    const waiting = usage.unwritten()
    if (!waiting) return
    try {
      await recordUsage(createDatabase(this.env.DB), waiting.owner, waiting.rows, waiting.last)
      this.wroteAt = Date.now()
      usage.written(waiting, this.wroteAt)
      if (usage.unwritten()) await this.wakeIn(gatherMs)
    } catch {
      logWarning('usage_not_written', { credentialId: waiting.owner.credentialId, rows: waiting.rows.length })
      await this.wakeIn(retryMs)
    }
  }

  private async writeRefusals(): Promise<void> {
    const refusals = this.refusals()
    const waiting = refusals.unwritten()
    if (waiting.length === 0) return
    try {
      await recordRefusals(createDatabase(this.env.DB), waiting)
      refusals.written(waiting)
      if (refusals.unwritten().length > 0) await this.wakeIn(gatherMs)
    } catch {
      logWarning('refusals_not_written', { rows: waiting.length })
      await this.wakeIn(retryMs)
    }
  }

  /** An alarm that is set already stays. */
  private async wakeIn(ms: number): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + ms)
  }

  private readLimits(terms: Terms): LimitState {
    return fromStored(this.ctx.storage.kv.get<LimitState | StoredBefore>('limits') ?? noCalls, terms)
  }

  private usage(): UsageLedger {
    this.ledger ??= createUsageLedger(this.ctx.storage.sql)
    return this.ledger
  }

  private quotaNotices(): QuotaNotices {
    this.notices ??= createQuotaNotices(this.ctx.storage.kv)
    return this.notices
  }

  private refusals(): RefusalLedger {
    this.refusalLedger ??= createRefusalLedger(this.ctx.storage)
    return this.refusalLedger
  }
}
