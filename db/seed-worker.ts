// Makes the demo world inside of workerd, beside its database: from Node each statement would be a call across processes.
import { seedDemo } from './seed'

type Env = {
  DB: D1Database
  TOKENS: KVNamespace
  VAULT_KEYS: string
  PORTAL_ORIGIN: string
  UPSTREAM_URL: string
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    await seedDemo({
      database: env.DB,
      tokens: env.TOKENS,
      vaultKeys: env.VAULT_KEYS,
      origin: env.PORTAL_ORIGIN,
      upstreamUrl: env.UPSTREAM_URL,
    })
    return new Response(null, { status: 204 })
  },
}
