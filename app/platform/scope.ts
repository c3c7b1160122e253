// What belongs to one request: bindings, clock, database, viewer, cookies to set, and the events that it announced.
import { loadViewer, type Viewer } from '~/domain/accounts/viewer.server'
import type { ChangedCredentials } from '~/domain/gateway/queries-changed-credentials.server'
import type { Actor } from '~/domain/kernel/actor'
import type { DomainContext, RequestSource } from '~/domain/kernel/context'
import type { EventId } from '~/domain/kernel/ids'
import { readCookie, sessionCookie } from './cookies'
import { countedDatabase } from './database'
import { randomToken, sha256Hex } from './encoding'
import { forgetCredential, forgetOrganization } from './gateway-cache'
import { gatewayOrigin, portalOrigin } from './gateway-origin'
import { markdownTools } from './markdown'
import { passkeyTools } from './passkeys'
import { passwordTools } from './passwords'
import { createTokenStore } from './tokens'
import { totpTools } from './totp'
import { createVault } from './vault'

export type RequestScope = {
  env: Env
  request: Request
  nonce: string
  requestId: string
  now: number
  trips: () => number
  /** Loaded once a request, in one trip. */
  viewer: () => Promise<Viewer>
  /** The hash of the session cookie that came with the request, or null. */
  sessionTokenHash: () => Promise<string | null>
  contextFor: <A extends Actor>(actor: A) => DomainContext<A>
  /** Cookies for the answer, whoever makes it. */
  setCookies: string[]
  announced: EventId[]
  /** What commands changed of credentials, for their objects to be told. */
  changed: ChangedCredentials
}

declare module '@remix-run/cloudflare' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to
  interface AppLoadContext {
    scope: RequestScope
  }
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to
  interface Future {
    v3_singleFetch: true
  }
}

export function createScope(request: Request, env: Env): RequestScope {
  const now = Date.now()
  const requestId = request.headers.get('cf-ray') ?? crypto.randomUUID()
  // Only somebody with a session can cause a write by reading: its last-seen time.
  const isVisit = readCookie(request, sessionCookie) === null
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const { db, trips } = countedDatabase(env.DB, { together: isVisit && isRead })
  const announced: EventId[] = []
  const changed: ChangedCredentials = { credentialIds: [], organizationIds: [] }
  const sessionTokenHash = once(async () => {
    const token = readCookie(request, sessionCookie)
    return token ? sha256Hex(token) : null
  })
  const tools = contextTools(env, () => now)

  return {
    env,
    request,
    nonce: randomToken(),
    requestId,
    now,
    trips,
    viewer: once(async () => loadViewer(db, await sessionTokenHash(), now)),
    sessionTokenHash,
    contextFor: (actor) => ({
      ...tools,
      db,
      now,
      actor,
      requestId,
      source: sourceOf(request),
      announce: (eventId) => announced.push(eventId),
      forgetCredential(credentialId) {
        forgetCredential(credentialId)
        changed.credentialIds.push(credentialId)
      },
      forgetOrganization(organizationId) {
        forgetOrganization(organizationId)
        changed.organizationIds.push(organizationId)
      },
    }),
    setCookies: [],
    announced,
    changed,
  }
}

/** The parts of a context that do not depend on the request. Queue and cron use them too. */
export function contextTools(env: Env, now: () => number) {
  const origin = portalOrigin(env)
  return {
    origin,
    gatewayOrigin: gatewayOrigin(env),
    passwords: passwordTools,
    vault: createVault(env.VAULT_KEYS),
    tokens: createTokenStore(env.TOKENS, now),
    totp: totpTools,
    passkeys: passkeyTools(origin),
    markdown: markdownTools,
    forgetCredential,
    forgetOrganization,
  }
}

function sourceOf(request: Request): RequestSource {
  const country = (request as { cf?: { country?: unknown } }).cf?.country
  return {
    ip: request.headers.get('cf-connecting-ip'),
    country: typeof country === 'string' ? country : null,
    userAgent: request.headers.get('user-agent')?.slice(0, 300) ?? null,
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
