// The object that counts. Named after an access request it keeps that subscription's limits, also for the requests that
// change its plan; named after a credential it adds up its usage. So neither a rotated key nor another plan brings a new quota.
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
import { recordUsage } from '~/domain/gateway/record-usage.server'
import type { UsageOwner } from '~/domain/gateway/usage'
import { createDatabase } from '~db/client'
import { createUsageLedger, type UsageLedger, type UsageReport } from './limiter-ledger'
import { logWarning } from './log'

/** Usage is gathered this long before it goes to D1, so that many reports make one write. */
const gatherMs = 1000
/** After a failed write. */
const retryMs = 10_000

export class CredentialLimiter extends DurableObject<Env> {
  private limits: LimitState | null = null
  private ledger: UsageLedger | null = null

  lease(terms: Terms, ask: LeaseAsk): LeaseAnswer {
    const { state, answer } = grantLease(this.limits ?? this.readLimits(terms), terms, ask, Date.now())
    // A refusal takes nothing, and a flood of them writes nothing.
    if (answer.granted + answer.ahead > 0 || ask.returned) this.ctx.storage.kv.put('limits', state)
    this.limits = state
    return answer
  }

  async report(owner: UsageOwner, report: UsageReport): Promise<void> {
    this.usage().add(owner, report, Date.now())
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + gatherMs)
  }

  override async alarm(): Promise<void> {
    const usage = this.usage()
    const waiting = usage.unwritten()
    if (!waiting) return
    try {
      await recordUsage(createDatabase(this.env.DB), waiting.owner, waiting.rows, waiting.last)
      usage.written(waiting, Date.now())
      if (usage.unwritten()) await this.ctx.storage.setAlarm(Date.now() + gatherMs)
    } catch {
      logWarning('usage_not_written', { credentialId: waiting.owner.credentialId, rows: waiting.rows.length })
      await this.ctx.storage.setAlarm(Date.now() + retryMs)
    }
  }

  private readLimits(terms: Terms): LimitState {
    return fromStored(this.ctx.storage.kv.get<LimitState | StoredBefore>('limits') ?? noCalls, terms)
  }

  private usage(): UsageLedger {
    this.ledger ??= createUsageLedger(this.ctx.storage.sql)
    return this.ledger
  }
}
