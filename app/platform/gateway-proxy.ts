// The gateway's way of a call: key or access token, credential, product, limits, upstream, and back. When something that it
// must ask fails, the call is refused: no answer never means yes. It reads no cookie and knows no session.
import { type AccessToken, type TokenReading, tokenParties } from '~/domain/gateway/access-token'
import { type GatewayAddress, parseGatewayAddress, upstreamAddress } from '~/domain/gateway/address'
import { decide, type Route } from '~/domain/gateway/decide'
import { requestHeaders } from '~/domain/gateway/headers'
import { presentedCredential } from '~/domain/gateway/presented-credential'
import type { CredentialSnapshot } from '~/domain/gateway/snapshot'
import { createDatabase } from '~db/client'
import { createTokenVerifier, type TokenVerifier } from './access-tokens'
import { type RecordAnswer, type RecordOf, recordName } from './credential-record'
import { sha256Hex } from './encoding'
import {
  type Exchange,
  type Limits,
  preflightAnswer,
  problemAnswer,
  tokenRefused,
  upstreamAnswer,
} from './gateway-answers'
import { type CredentialCache, credentialCache } from './gateway-cache'
import { exchangeOf, isGatewayHost, isPreflight } from './gateway-host'
import { createLeaseKeeper, type LeaseKeeper, type Permit } from './gateway-leases'
import { createLru } from './gateway-lru'
import { gatewayOrigin, portalOrigin } from './gateway-origin'
import { createRefusalBooks, type RefusalBooks, type SendRefusals } from './gateway-refusals'
import { callUpstream } from './gateway-upstream'
import { createUsageBooks, type SendReport, type UsageBooks } from './gateway-usage'
import { limiterOf } from './limiter-of'
import { logError } from './log'

/** What an isolate remembers between calls. */
export type GatewayMemory = {
  credentials: CredentialCache
  tokens: TokenVerifier
  leases: LeaseKeeper
  usage: UsageBooks
  refusals: RefusalBooks
}

type Waiting = Pick<ExecutionContext, 'waitUntil'>

const ownMemory: GatewayMemory = {
  credentials: credentialCache,
  tokens: createTokenVerifier(),
  leases: createLeaseKeeper(),
  usage: createUsageBooks(),
  refusals: createRefusalBooks(),
}

/** Everything on a host of the gateway's own; on the portal's host, what is below `/gateway/`. */
export function isGatewayRequest(url: URL, env: Env): boolean {
  return url.pathname.startsWith('/gateway/') || isGatewayHost(url, env)
}

export async function handleGateway(
  request: Request,
  env: Env,
  ctx: Waiting,
  { url = new URL(request.url), memory = ownMemory }: { url?: URL; memory?: GatewayMemory } = {},
): Promise<Response> {
  const exchange = exchangeOf(request, url, env)
  if (exchange.allowOrigin !== null && isPreflight(request)) return preflightAnswer(exchange, request)

  const presented = presentedCredential(request.headers, url)
  if (!presented.ok) return problemAnswer(exchange, presented.code, { detail: presented.detail })
  let whose: CredentialSnapshot | null = null
  try {
    const checked = presented.kind === 'api_key' ? null : await checkToken(presented.key, env, memory)
    if (checked && !checked.ok) {
      // Its owner finds the call. The answer is the same when nobody can say whose it was.
      if (checked.expired) whose = await findClient(checked.expired, env, ctx, memory).catch(() => null)
      return tokenRefused(exchange, checked.expired !== null)
    }
    const token = checked?.token ?? null
    const snapshot = await (token
      ? findClient(token, env, ctx, memory)
      : findCredential(presented.key, env, ctx, memory))
    whose = snapshot
    const address = parseGatewayAddress(url.pathname)
    const ip = request.headers.get('cf-connecting-ip')
    const decision = decide(snapshot, address, request.method, ip, Date.now(), token)
    if (!decision.ok || !snapshot || !address) {
      return decision.ok
        ? problemAnswer(exchange, 'unknown_api')
        : problemAnswer(exchange, decision.code, decision)
    }
    const target = upstreamAddress(decision.route.upstreamUrl, address.rest, url.search)
    if (!target)
      return problemAnswer(exchange, 'unknown_api', {
        detail: 'This path cannot be passed on: it has dot segments or control characters.',
      })

    const permit = await takePermit(decision.route, env, ctx, memory)
    const limits = { terms: decision.route.subscription, reports: permit }
    if (!permit.ok) return problemAnswer(exchange, permit.code, { limits, retryAfterMs: permit.retryAfterMs })

    const passing = pass(
      { request, exchange, snapshot, address, target, route: decision.route, limits, key: presented.key },
      env,
      ctx,
      memory,
    )
    // A call that is counted by its quota is counted by its usage too, when the client leaves before the answer.
    ctx.waitUntil(passing.catch(() => null))
    return await passing
  } catch (error) {
    logError('gateway_unavailable', error, { requestId: exchange.requestId })
    return problemAnswer(exchange, 'gateway_unavailable', { retryAfterMs: 1000 })
  } finally {
    // Whoever presents no credential that is known is nobody: such a call is not kept.
    if (exchange.refused && whose)
      memory.refusals.note(
        whose,
        { problem: exchange.refused, method: request.method, pathname: url.pathname },
        sendRefusals(env),
        (work) => ctx.waitUntil(work),
      )
  }
}

/** Reports the calls that this isolate has counted, and those that it refused, now. */
export async function flushUsage(env: Env, memory = ownMemory): Promise<void> {
  await Promise.all([memory.usage.flush(sendReport(env)), memory.refusals.flush(sendRefusals(env))])
}

/** Of keys that are credentials: to hash a key was the largest part of what its check cost (decision 101). */
const knownHashes = createLru<string, string>(5000)

async function findCredential(
  key: string,
  env: Env,
  ctx: Waiting,
  memory: GatewayMemory,
): Promise<CredentialSnapshot | null> {
  const known = knownHashes.get(key)
  const hash = known ?? (await sha256Hex(key))
  const lookup = (secretHash: string, fresh: boolean) => recordOf(env, { secretHash }, fresh)
  const snapshot = await memory.credentials.find(hash, lookup, (work) => ctx.waitUntil(work))
  if (snapshot && known === undefined) knownHashes.set(key, hash)
  return snapshot
}

/** Never by the secret: a client's snapshot is known under its credential's id, and a key's under its hash. */
function findClient(
  { credentialId }: Pick<AccessToken, 'credentialId'>,
  env: Env,
  ctx: Waiting,
  memory: GatewayMemory,
): Promise<CredentialSnapshot | null> {
  const lookup = (_: string, fresh: boolean) => recordOf(env, { credentialId }, fresh)
  return memory.credentials.find(credentialId, lookup, (work) => ctx.waitUntil(work))
}

function checkToken(token: string, env: Env, memory: GatewayMemory): Promise<TokenReading> {
  const parties = tokenParties({ origin: portalOrigin(env), gatewayOrigin: gatewayOrigin(env) })
  return memory.tokens.check(token, createDatabase(env.DB), parties)
}

async function takePermit(
  { subscription }: Route,
  env: Env,
  ctx: Waiting,
  memory: GatewayMemory,
): Promise<Permit> {
  const { rate, quota, requestId, limitsId } = subscription
  if (!rate && !quota) return { ok: true, rate: null, quota: null }
  // What is held here was granted, or refused, under this request's terms: another plan's are asked for anew.
  return memory.leases.take(
    requestId,
    async (ask) => limiterOf(env, limitsId).lease({ rate, quota }, ask, limitsId),
    (work) => ctx.waitUntil(work),
  )
}

type Passing = {
  request: Request
  exchange: Exchange
  snapshot: CredentialSnapshot
  address: GatewayAddress
  target: URL
  route: Route
  limits: Limits
  key: string
}

async function pass(call: Passing, env: Env, ctx: Waiting, memory: GatewayMemory): Promise<Response> {
  const { request, exchange, snapshot, route, target } = call
  const headers = requestHeaders(request.headers, call.key, {
    app: snapshot.appId,
    organization: snapshot.organizationId,
    plan: route.subscription.planName,
    requestId: exchange.requestId,
  })
  const at = Date.now()
  const answer = await callUpstream(target, request, headers)
  const response = answer.ok
    ? upstreamAnswer(
        exchange,
        answer.response,
        { from: target, upstreamUrl: route.upstreamUrl, prefix: call.address.prefix },
        call.limits,
      )
    : problemAnswer(exchange, answer.code, { limits: call.limits })
  const { credentialId, appId, organizationId } = snapshot
  memory.usage.add(
    { credentialId, appId, organizationId },
    {
      apiId: route.apiId,
      limitsId: route.subscription.limitsId,
      at,
      status: response.status,
      latencyMs: Date.now() - at,
      country: countryOf(request),
    },
    sendReport(env),
    (work) => ctx.waitUntil(work),
  )
  return response
}

async function recordOf(env: Env, of: RecordOf, fresh: boolean): Promise<CredentialSnapshot | null> {
  const answer = (await limiterOf(env, recordName(of)).find(of, fresh)) as RecordAnswer
  if (!answer.ok) throw new Error('the record of the credential could not be read')
  return answer.snapshot
}

function sendReport(env: Env): SendReport {
  return async (owner, report) => {
    await limiterOf(env, owner.credentialId).report(owner, report)
  }
}

function sendRefusals(env: Env): SendRefusals {
  return async (owner, refusals) => {
    await limiterOf(env, owner.credentialId).refused(owner, refusals)
  }
}

function countryOf(request: Request): string | null {
  const country = (request as { cf?: { country?: unknown } }).cf?.country
  return typeof country === 'string' ? country : null
}
