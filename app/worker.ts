// The one module worker: what arrives, and who answers it.

import * as build from 'virtual:remix/server-build'
import { createRequestHandler, type ServerBuild } from '@remix-run/cloudflare'
import { handleFetch } from '~/platform/fetch'
import { handleQueue } from '~/platform/queue'
import { handleScheduled } from '~/platform/schedule'
import { apiOperations } from '~/routes/api/operations'

export { CredentialLimiter } from '~/platform/limiter'

const remix = createRequestHandler(build as unknown as ServerBuild, import.meta.env.MODE)

export default {
  fetch: (request, env, ctx) => handleFetch(request, env, ctx, { remix, operations: apiOperations }),
  queue: (batch, env) => handleQueue(batch, env),
  scheduled: (controller, env) => handleScheduled(controller, env),
} satisfies ExportedHandler<Env>
