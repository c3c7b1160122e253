// What the cron does every five minutes: finds what the queue lost, and cleans up. A step that fails stops no other.
import { deleteExpiredSessions } from '~/domain/accounts/delete-expired-sessions.server'
import { listEventsToEnqueue } from '~/domain/notifications/queries.server'
import { logError, logInfo } from './log'
import { enqueueEvents } from './queue'
import { systemContext } from './system-context'

const steps: Record<string, (env: Env) => Promise<void>> = {
  enqueueWaitingEvents,
  deleteExpiredSessions: (env) => deleteExpiredSessions(systemContext(env)),
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
