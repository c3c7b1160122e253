// What the cron does every five minutes: finds what the queue lost, and cleans up. A step that fails stops no other.
import { remindAdmins } from '~/domain/access-requests/remind-admins.server'
import { deleteExpiredSessions } from '~/domain/accounts/delete-expired-sessions.server'
import { resealFactors } from '~/domain/accounts/reseal-factors.server'
import { endRetiredCredentials } from '~/domain/apps/end-retired-credentials.server'
import { expireCredentials } from '~/domain/apps/expire-credentials.server'
import { resealCredentials } from '~/domain/apps/reseal-credentials.server'
import { warnOfExpiry } from '~/domain/apps/warn-of-expiry.server'
import { deleteOldRefusals } from '~/domain/gateway/delete-old-refusals.server'
import { resealGateways } from '~/domain/gateway/reseal-gateways.server'
import { resealSigningKeys } from '~/domain/gateway/reseal-signing-keys.server'
import { rotateSigningKeys } from '~/domain/gateway/rotate-signing-keys.server'
import { collectDigests } from '~/domain/notifications/collect-digests.server'
import { listEventsToEnqueue } from '~/domain/notifications/queries.server'
import { resealWebhooks, tidyWebhooks } from '~/domain/notifications/tidy-webhooks.server'
import { logError, logInfo } from './log'
import { enqueueEvents } from './queue'
import { sealAuditLog, writeAnchor } from './seal-audit-log'
import { signingKeyring } from './signing-keyring'
import { type SystemContext, systemContext } from './system-context'

const steps: Record<string, (env: Env) => Promise<void>> = {
  enqueueWaitingEvents,
  sealAuditLog,
  writeAnchor,
  remindAdmins: (env) => announcing(env, remindAdmins),
  collectDigests: (env) => announcing(env, collectDigests),
  endRetiredCredentials: (env) => announcing(env, endRetiredCredentials),
  deleteExpiredSessions: (env) => deleteExpiredSessions(systemContext(env)),
  deleteOldRefusals: (env) => deleteOldRefusals(systemContext(env)),
  expireCredentials: (env) => announcing(env, expireCredentials),
  warnOfExpiry: (env) => announcing(env, warnOfExpiry),
  resealFactors: (env) => counting('factors_sealed_anew', resealFactors(systemContext(env))),
  resealCredentials: (env) => counting('credentials_sealed_anew', resealCredentials(systemContext(env))),
  resealGateways: (env) => counting('gateway_secrets_sealed_anew', resealGateways(systemContext(env))),
  resealWebhooks: (env) => counting('webhook_secrets_sealed_anew', resealWebhooks(systemContext(env))),
  tidyWebhooks: (env) => tidyWebhooks(systemContext(env)),
  resealSigningKeys: (env) => counting('signing_keys_sealed_anew', resealSigningKeys(systemContext(env))),
  rotateSigningKeys: async (env) => {
    await announcing(env, rotateSigningKeys)
    signingKeyring.forget()
  },
}

export async function handleScheduled(_controller: ScheduledController, env: Env): Promise<void> {
  for (const [step, run] of Object.entries(steps)) {
    try {
      await run(env)
    } catch (error) {
      logError('scheduled_step_failed', error, { step })
    }
  }
}

async function enqueueWaitingEvents(env: Env): Promise<void> {
  const eventIds = await listEventsToEnqueue(systemContext(env))
  if (eventIds.length === 0) return
  logInfo('events_enqueued_again', { events: eventIds.length })
  await enqueueEvents(env, eventIds)
}

/** Runs a command and sends the events that it announced on their way. */
async function announcing(env: Env, command: (ctx: SystemContext) => Promise<unknown>): Promise<void> {
  const ctx = systemContext(env)
  await command(ctx)
  await enqueueEvents(env, ctx.announced)
}

async function counting(event: string, work: Promise<number>): Promise<void> {
  const rows = await work
  if (rows > 0) logInfo(event, { rows })
}
