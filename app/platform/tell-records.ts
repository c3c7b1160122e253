// Tells the objects of credentials that something about them was changed: after the command's commit, and again by the
// event's consumer. Telling twice changes nothing, and what is lost is made up for by the end of the object's copy.
import {
  type ChangedCredentials,
  listChangedCredentials,
  listCredentialsOfEvent,
} from '~/domain/gateway/queries-changed-credentials.server'
import type { EventId, Id } from '~/domain/kernel/ids'
import { createDatabase } from '~db/client'
import { recordName } from './credential-record'
import { limiterOf } from './limiter-of'
import { logError } from './log'

export async function tellOfChanges(env: Env, changed: ChangedCredentials): Promise<void> {
  if (changed.credentialIds.length + changed.organizationIds.length === 0) return
  await tell(env, () => listChangedCredentials(createDatabase(env.DB), changed))
}

export async function tellOfEvent(env: Env, eventId: EventId): Promise<void> {
  await tell(env, () => listCredentialsOfEvent(createDatabase(env.DB), eventId))
}

type Known = { credentialId: Id<'crd'>; type: 'api_key' | 'oauth_client'; secretHash: string }

async function tell(env: Env, list: () => Promise<Known[]>): Promise<void> {
  try {
    const names = (await list()).map(({ credentialId, type, secretHash }) =>
      recordName(type === 'api_key' ? { secretHash } : { credentialId }),
    )
    await Promise.all([...new Set(names)].map(async (name) => limiterOf(env, name).changed()))
  } catch (error) {
    logError('gateway_not_told', error)
  }
}
