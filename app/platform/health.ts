// `/live`: the worker runs. `/ready`: it can take requests, its database is migrated and answers.
import { getSettings } from '~/domain/settings/queries.server'
import { createDatabase } from '~db/client'
import { logError } from './log'

export async function answerHealth(url: URL, env: Env): Promise<Response | null> {
  if (url.pathname === '/live') return Response.json({ status: 'live' })
  if (url.pathname !== '/ready') return null
  try {
    await getSettings({ db: createDatabase(env.DB) })
    return Response.json({ status: 'ready' })
  } catch (error) {
    logError('not_ready', error)
    return Response.json({ status: 'not ready' }, { status: 503 })
  }
}
